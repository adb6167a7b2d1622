"""Streams and storages → a compound file ([MS-CFB] version 3), the same bytes every time.

Only what a VBA project needs: 512-byte sectors, no more than 109 FAT sectors (some 7 MB), no time stamps.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.workbook.kinds import OLE

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTOR: Final = 512
MINI: Final = 64  # bytes of a mini sector, where streams shorter than CUTOFF live
CUTOFF: Final = 4096
ENTRY: Final = 128  # bytes of a directory entry
HEADER_FAT: Final = 109  # FAT sectors that the header itself can name

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_UNUSED: Final = bytes(68) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(ENTRY - 80)


@dataclass
class _Entry:
    """One line of the directory. Left, right and child are numbers of other entries."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    size: int = 0
    children: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return the 128 bytes of the entry ([MS-CFB] 2.6.1)."""
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            name,
            len(name) + 2,
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            b"",
            0,
            0,
            0,
            self.start,
            self.size,
        )


def compound_file(tree: Mapping[str, object]) -> bytes:
    """Return a compound file: names map to bytes (a stream) or to another mapping (a storage)."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    fat: list[int] = []
    sectors: list[bytes] = []

    def store(data: bytes) -> int:
        """Put data into sectors of its own, chained; return the first, or the end mark where there is none."""
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        first = len(sectors)
        sectors.extend(pieces)
        fat.extend(range(first + 1, first + len(pieces)))
        if pieces:
            fat.append(_END)
        return first if pieces else _END

    mini_fat: list[int] = []
    mini_stream = bytearray()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.data)
        if entry.size >= CUTOFF:
            entry.start = store(entry.data)
        elif entry.size:
            count = -(-entry.size // MINI)
            entry.start = len(mini_fat)
            mini_fat.extend(range(entry.start + 1, entry.start + count))
            mini_fat.append(_END)
            mini_stream += entry.data.ljust(count * MINI, b"\0")
    root = entries[0]
    root.start, root.size = store(bytes(mini_stream)), len(mini_stream)
    mini_start = store(_table(mini_fat))
    directory = b"".join(entry.packed() for entry in entries)
    directory_start = store(directory + _UNUSED * (-len(entries) % (SECTOR // ENTRY)))
    return _with_header(sectors, fat, directory_start, mini_start, -(-len(mini_fat) * 4 // SECTOR))


def _with_header(sectors: list[bytes], fat: list[int], directory: int, mini: int, mini_sectors: int) -> bytes:
    """Append the FAT, which also counts its own sectors, and put the header in front."""
    per_sector = SECTOR // 4
    fat_sectors = 0
    while fat_sectors * per_sector < len(fat) + fat_sectors:
        fat_sectors += 1
    if fat_sectors > HEADER_FAT:
        raise ValueError("a compound file of this size needs DIFAT sectors, which are not written")
    first = len(sectors)
    table = _table([*fat, *[_FAT] * fat_sectors])
    named = [*range(first, first + fat_sectors), *[_FREE] * (HEADER_FAT - fat_sectors)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        OLE,
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        fat_sectors,
        directory,
        0,
        CUTOFF,
        mini,
        mini_sectors,
        _END,
        0,
        *named[:1],
    )
    return header + struct.pack(f"<{HEADER_FAT - 1}I", *named[1:]) + b"".join(sectors) + table


def _table(numbers: list[int]) -> bytes:
    """Return sector numbers packed and filled up to whole sectors with “free”."""
    filled = [*numbers, *[_FREE] * (-len(numbers) % (SECTOR // 4))]
    return struct.pack(f"<{len(filled)}I", *filled)


def _add(entries: list[_Entry], parent: int, tree: Mapping[str, object]) -> None:
    """Add a storage's content to the directory, and link it as the balanced tree the format asks for."""
    children = []
    for name, content in sorted(tree.items(), key=lambda item: _order(item[0])):
        number = len(entries)
        children.append(number)
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        elif isinstance(content, dict):
            entries.append(_Entry(name, _STORAGE, start=0))
            _add(entries, number, content)
        else:
            raise TypeError(f"{name}: {type(content).__name__}")
    top = _link(entries, children, len(children).bit_length() - 1)
    entries[parent].child = top
    if top != _NONE:
        entries[top].colour = _BLACK


def _order(name: str) -> tuple[int, bytes]:
    """Return the key that siblings are sorted by: shorter names first, then by upper-case UTF-16 units."""
    units = name.upper().encode("utf-16-be")
    return len(units), units


def _link(entries: list[_Entry], children: list[int], depth: int) -> int:
    """Return the root of a red-black tree of sorted entries: halved at each level, only the last level red."""
    if not children:
        return _NONE
    middle = len(children) // 2
    entry = entries[children[middle]]
    entry.left = _link(entries, children[:middle], depth - 1)
    entry.right = _link(entries, children[middle + 1 :], depth - 1)
    entry.colour = _RED if depth == 0 else _BLACK
    return children[middle]
