"""Modules as text → ``vbaProject.bin`` ([MS-OVBA]), the same bytes every time.

No compiled code is written: ``_VBA_PROJECT`` says that there is none, so Office compiles the text when it opens the
project. Text is stored in code page 936.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from gk_xl.errors import HostError
from gk_xl.packaging.compound import compound_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CODE_PAGE: Final = 936
ENCODING: Final = f"cp{CODE_PAGE}"
CHUNK: Final = 4096  # bytes of text that are compressed together
LONGEST_NAME: Final = 31
PROJECT_ID: Final = "{6B5A7C1E-2F0D-4C3B-9A58-7E41D2C0B936}"
VERSION: Final = (1, 1)
NO_COMPILED_CODE: Final = bytes.fromhex("CC61FFFF000100")

WORKBOOK_BASE: Final = "0{00020819-0000-0000-C000-000000000046}"
SHEET_BASE: Final = "0{00020820-0000-0000-C000-000000000046}"
CLASS_BASE: Final = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_VB_NAME: Final = re.compile(r'Attribute VB_Name = "([^"]*)"')


class Kind(Enum):
    """What a module belongs to; the value is the key of its line in the PROJECT stream."""

    STANDARD = "Module"
    CLASS = "Class"
    DOCUMENT = "Document"


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its name, its kind, and its source with attribute lines, lines ending in CR LF."""

    name: str
    kind: Kind
    source: str

    @property
    def stored(self) -> bytes:
        """The source as bytes; HostError names a character that the project's code page lacks."""
        try:
            return self.source.encode(ENCODING)
        except UnicodeEncodeError as error:
            raise HostError(
                f"宏模块 {self.name} 里的字符 {error.object[error.start]!r} 不在代码页 {CODE_PAGE} 里，请换一个写法。"
            ) from None


def module(text: str, base: str = "") -> Module:
    """Return the module that exported text (.bas, .cls) holds; HostError when it has no usable name.

    ``base`` makes it the module of a document (a workbook or a sheet). A class's export header is replaced by the
    attribute lines that the project itself keeps.
    """
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    exported_class = lines[0].startswith("VERSION ")
    if exported_class:
        lines = lines[lines.index("END") + 1 :]
    named = _VB_NAME.fullmatch(lines[0])
    if named is None or not _NAME.fullmatch(named[1]) or len(named[1]) > LONGEST_NAME:
        raise HostError(f"宏模块的第一行应当是 Attribute VB_Name，现在是：{lines[0]}")
    kind = Kind.DOCUMENT if base else Kind.CLASS if exported_class else Kind.STANDARD
    if kind is not Kind.STANDARD:
        code = [line for line in lines[1:] if not line.startswith("Attribute VB_")]
        lines = [lines[0], *_class_attributes(base), *code]
    return Module(named[1], kind, "\r\n".join(lines) + "\r\n")


def sheet_module(name: str) -> Module:
    """Return the empty module of a worksheet."""
    return module(f'Attribute VB_Name = "{name}"\n', SHEET_BASE)


def _class_attributes(base: str) -> list[str]:
    """Return the attribute lines of a class module; a document is predeclared and exposed."""
    document = "True" if base else "False"
    return [
        f'Attribute VB_Base = "{base or CLASS_BASE}"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        f"Attribute VB_PredeclaredId = {document}",
        f"Attribute VB_Exposed = {document}",
        "Attribute VB_TemplateDerived = False",
        f"Attribute VB_Customizable = {document}",
    ]


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """Return the compound file of a project; HostError when names clash or a text cannot be stored."""
    names = [item.name.lower() for item in modules]
    if len(set(names)) != len(names):
        raise HostError(f"宏模块重名：{'、'.join(sorted(n for n in names if names.count(n) > 1))}。")
    streams: dict[str, object] = {item.name: compress(item.stored) for item in modules}
    streams["dir"] = compress(_dir(name, modules))
    streams["_VBA_PROJECT"] = NO_COMPILED_CODE
    return compound_file(
        {
            "VBA": streams,
            "PROJECT": _project(name, modules).encode(ENCODING),
            "PROJECTwm": b"".join(
                item.name.encode(ENCODING) + b"\0" + item.name.encode("utf-16-le") + b"\0\0" for item in modules
            )
            + b"\0\0",
        }
    )


def _dir(name: str, modules: Sequence[Module]) -> bytes:
    """Return the dir stream before compression: project, no references, modules (2.3.4.2)."""

    def record(identifier: int, data: bytes) -> bytes:
        return struct.pack("<HI", identifier, len(data)) + data

    def number(identifier: int, value: int, size: str = "I") -> bytes:
        return record(identifier, struct.pack(f"<{size}", value))

    def text(identifier: int, twin: int, value: str) -> bytes:
        return record(identifier, value.encode(ENCODING)) + record(twin, value.encode("utf-16-le"))

    parts = [
        number(0x01, 1),  # system: 32-bit Windows; 64-bit Office reads it as well
        number(0x02, 0x409),
        number(0x14, 0x409),
        number(0x03, CODE_PAGE, "H"),
        record(0x04, name.encode(ENCODING)),
        text(0x05, 0x40, ""),
        record(0x06, b""),
        record(0x3D, b""),  # help file, twice
        number(0x07, 0),
        number(0x08, 0),
        struct.pack("<HIIH", 0x09, 4, *VERSION),
        text(0x0C, 0x3C, ""),
        number(0x0F, len(modules), "H"),
        number(0x13, 0xFFFF, "H"),
    ]
    for item in modules:
        parts += [
            text(0x19, 0x47, item.name),
            text(0x1A, 0x32, item.name),
            text(0x1C, 0x48, ""),
            number(0x31, 0),  # the text begins at once: no compiled code in front of it
            number(0x1E, 0),
            number(0x2C, 0xFFFF, "H"),
            record(0x21 if item.kind is Kind.STANDARD else 0x22, b""),
            record(0x2B, b""),
        ]
    return b"".join(parts) + record(0x10, b"")


def _project(name: str, modules: Iterable[Module]) -> str:
    """Return the text of the PROJECT stream (2.3.1): modules, no protection, no password, visible."""
    lines = [f'ID="{PROJECT_ID}"']
    lines += [f"{item.kind.value}={item.name}{'/&H00000000' if item.kind is Kind.DOCUMENT else ''}" for item in modules]
    lines += [f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    lines += [
        f'{key}="{_encrypted(data, seed)}"'
        for key, data, seed in (("CMG", bytes(4), 0x5A), ("DPB", b"\0", 0x3C), ("GC", b"\xff", 0xA7))
    ]
    lines += ["", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"]
    lines += ["", "[Workspace]", *(f"{item.name}=0, 0, 0, 0, C" for item in modules), ""]
    return "\r\n".join(lines)


def _encrypted(data: bytes, seed: int) -> str:
    """Return a protection record as hexadecimal text (2.4.3.2): it hides nothing here, but has to be well formed."""
    key = sum(PROJECT_ID.encode(ENCODING)) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain = key
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return bytes(out).hex().upper()


def compress(data: bytes) -> bytes:
    """Return data as a compressed container (2.4.1): chunks of 4096 bytes, each with a header of its own.

    A chunk that does not get smaller is stored as it is; the format then fills a short last one with zero bytes,
    which never happens to text.
    """
    out = bytearray(b"\x01")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        packed = _pack(chunk)
        if len(packed) <= CHUNK:
            out += struct.pack("<H", (len(packed) - 1) | 0xB000) + packed
        else:
            out += struct.pack("<H", 0x3FFF) + chunk.ljust(CHUNK, b"\0")
    return bytes(out)


def _pack(chunk: bytes) -> bytes:
    """Return a chunk as groups of a flag byte and eight tokens: literals, or copies of what stood before."""
    out, tokens, flags = bytearray(), bytearray(), 0
    seen: dict[bytes, list[int]] = {}
    at = count = 0
    while at < len(chunk):
        offset, length = _longest_copy(chunk, at, seen)
        if length:
            tokens += struct.pack("<H", ((offset - 1) << (16 - _offset_bits(at))) | (length - 3))
            flags |= 1 << count
        else:
            length = 1
            tokens += chunk[at : at + 1]
        for place in range(at, at + length):
            seen.setdefault(chunk[place : place + 3], []).append(place)
        at, count = at + length, count + 1
        if count == 8 or at == len(chunk):
            out += bytes([flags]) + tokens
            tokens, flags, count = bytearray(), 0, 0
    return bytes(out)


def _offset_bits(at: int) -> int:
    """Return how many of a copy token's 16 bits hold the offset at this place of a chunk (2.4.1.3.19.1)."""
    return max(4, (at - 1).bit_length())


def _longest_copy(chunk: bytes, at: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """Return offset and length of the longest earlier match, the nearest one of equals; (0, 0) when none has 3."""
    longest = min((0xFFFF >> _offset_bits(at)) + 3, len(chunk) - at)
    best, where = 2, 0
    for place in reversed(seen.get(chunk[at : at + 3], ())):
        length = 3
        while length < longest and chunk[place + length] == chunk[at + length]:
            length += 1
        if length > best and length <= longest:
            best, where = length, place
            if best == longest:
                break
    return (at - where, best) if best > 2 else (0, 0)
