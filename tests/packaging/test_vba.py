"""The VBA project writer against readers that others wrote, and against a project that Office wrote."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gk_xl.errors import HostError
from gk_xl.packaging import vba
from gk_xl.packaging.compound import compound_file

olefile = pytest.importorskip("olefile", reason="olefile (with oletools) is not installed")
olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")

NAMES = st.text("abcXYZ_019", min_size=1, max_size=31)
TREES = st.recursive(
    st.binary(max_size=200) | st.sampled_from([b"", b"x" * 4095, b"y" * 4096, b"z" * 9000]),
    lambda inner: st.dictionaries(NAMES, inner, max_size=12).map(
        lambda tree: {name: part for name, part in tree.items() if name.upper() not in _clashes(tree)}
    ),
    max_leaves=20,
)


def _clashes(tree):
    upper = [name.upper() for name in tree]
    return {name for name in upper if upper.count(name) > 1}


def streams(tree, path=()):
    """Yield every stream of a tree with its path."""
    for name, part in tree.items():
        if isinstance(part, bytes):
            yield (*path, name), part
        else:
            yield from streams(part, (*path, name))


@given(TREES.filter(lambda tree: isinstance(tree, dict)))
def test_a_reader_finds_every_stream_of_a_compound_file_and_no_defect(tree):
    """Whatever is put into storages and streams comes out, of every size around the two sector sizes."""
    read = olefile.OleFileIO(io.BytesIO(compound_file(tree)), raise_defects=olefile.DEFECT_POTENTIAL)
    assert read.parsing_issues == []
    assert {tuple(path): read.openstream(path).read() for path in read.listdir()} == dict(streams(tree))
    check_tree(read.root)


def check_tree(storage):
    """Assert that the siblings of every storage form a red-black tree in the order of the format."""
    entries = {entry.sid: entry for entry in storage.olefile.direntries if entry}

    def blacks(sid, above_red):
        if sid == olefile.NOSTREAM:
            return 1
        entry = entries[sid]
        red = entry.color == 0
        assert not (red and above_red), "a red entry below a red one"
        left, right = blacks(entry.sid_left, red), blacks(entry.sid_right, red)
        assert left == right, "sides of different black height"
        return left + (not red)

    def ordered(sid):
        if sid != olefile.NOSTREAM:
            yield from ordered(entries[sid].sid_left)
            yield (len(entries[sid].name), entries[sid].name.upper())
            yield from ordered(entries[sid].sid_right)

    if storage.sid_child != olefile.NOSTREAM:
        assert entries[storage.sid_child].color == 1, "the top is black"
    blacks(storage.sid_child, above_red=False)
    names = list(ordered(storage.sid_child))
    assert names == sorted(names)
    for child in storage.kids:
        if child.entry_type == olefile.STGTY_STORAGE:
            check_tree(child)


def test_a_file_too_large_for_the_header_is_refused():
    """More than 109 FAT sectors would need a structure that is not written: better no file than a wrong one."""
    with pytest.raises(ValueError, match="DIFAT"):
        compound_file({"large": bytes(7_500_000)})


@given(st.text("abAB \r\n'年报校验", max_size=9000).map(lambda text: text.encode("cp936")))
@example(b"a" * 4096)
@example(b"a" * 4097)
@example(("Sub 校验()\r\nEnd Sub\r\n" * 900).encode("cp936"))
def test_compressed_text_comes_back(data):
    """The decompressor of oletools returns exactly what was compressed, over chunk borders and long repetitions."""
    if data:
        assert bytes(olevba.decompress_stream(bytearray(vba.compress(data)))) == data


def test_what_does_not_get_smaller_is_stored_whole():
    """A chunk of noise goes in as it is: the flag of its header says so."""
    noise = bytes((n * 167 + n // 251 * 61 + n * n) & 0xFF for n in range(4096))
    noise = bytes(a ^ b for a, b in zip(noise, bytes((n * n * n >> 5) & 0xFF for n in range(4096)), strict=True))
    packed = vba.compress(noise)
    assert bytes(olevba.decompress_stream(bytearray(packed))) == noise
    assert packed[1:3] == b"\xff\x3f"


def decrypted(text: str) -> tuple[int, int, bytes]:
    """Return version, project key and data of a protection record, by the steps of [MS-OVBA] 2.4.3.3."""
    encrypted = bytes.fromhex(text)
    seed, version, key = encrypted[0], encrypted[1] ^ encrypted[0], encrypted[2] ^ encrypted[0]
    plain, last, before = key, encrypted[2], encrypted[1]
    out = bytearray()
    for byte in encrypted[3:]:
        plain = byte ^ ((before + plain) & 0xFF)
        last, before = byte, last
        out.append(plain)
    out = out[(seed & 6) // 2 :]
    length = int.from_bytes(out[:4], "little")
    assert len(out) == 4 + length
    return version, key, bytes(out[4:])


def project_stream(data: bytes) -> dict[str, str]:
    text = olefile.OleFileIO(io.BytesIO(data)).openstream("PROJECT").read().decode("cp936")
    return dict(re.findall(r'^(\w+)="(.*)"\r$', text, re.MULTILINE))


def released_project() -> bytes:
    """Return the project of the ribbon add-in that xlwings hands out: written by others, opened by Office for years."""
    with zipfile.ZipFile(Path(find_spec("xlwings").origin).with_name("quickstart_addin_ribbon.xlam")) as package:
        return package.read("xl/vbaProject.bin")


@pytest.mark.parametrize("who", ["ours", "xlwings"])
def test_protection_records_say_not_protected_no_password_visible(who):
    """The three records decode to the same words as those of a project that Office wrote, with the key of its ID."""
    data = vba.vba_project("gk_xl", [vba.sheet_module("A")]) if who == "ours" else released_project()
    said = project_stream(data)
    key = sum(said["ID"].encode()) & 0xFF
    assert decrypted(said["CMG"]) == (2, key, bytes(4))
    assert decrypted(said["DPB"]) == (2, key, b"\0")
    assert decrypted(said["GC"]) == (2, key, b"\xff")


def records(data: bytes) -> list[int]:
    """Return the identifiers of a dir stream's records in order, up to the modules; PROJECTVERSION has no size of its own."""
    stream = olefile.OleFileIO(io.BytesIO(data)).openstream("VBA/dir").read()
    plain, at, found = bytes(olevba.decompress_stream(bytearray(stream))), 0, []
    while at < len(plain):
        identifier = int.from_bytes(plain[at : at + 2], "little")
        size = 6 if identifier == 9 else int.from_bytes(plain[at + 2 : at + 6], "little")
        found.append(identifier)
        at += 6 + size
    assert at == len(plain)
    return found


def test_dir_stream_has_the_records_of_a_released_project_in_the_same_order():
    """Without its references, a project written elsewhere lists the same records as ours, and so does each module."""
    ours = records(vba.vba_project("gk_xl", [vba.sheet_module("A"), vba.sheet_module("B")]))
    theirs = records(released_project())
    references = {0x16, 0x3E, 0x33, 0x2F, 0x30, 0x0D, 0x0E}
    start = theirs.index(0x0F)
    head = [identifier for identifier in theirs[:start] if identifier not in references and identifier != 0x4A]
    assert ours[: ours.index(0x0F)] == head[: len(ours[: ours.index(0x0F)])]
    one = theirs[start + 2 : theirs.index(0x2B) + 1]
    assert ours[ours.index(0x0F) :] == [0x0F, 0x13, *one, *one, 0x10]


def test_modules_come_back_line_for_line_with_chinese_text():
    """An independent reader gets each module's text as it was given, in code page 936, with its name and its kind."""
    text = 'Attribute VB_Name = "Probe"\nOption Explicit\n\n\' 校验：〇与“引号”\nPublic Sub A()\nEnd Sub\n'
    book = 'VERSION 1.0 CLASS\nBEGIN\nEND\nAttribute VB_Name = "ThisWorkbook"\nPublic X As Long\n'
    modules = [vba.module(book, vba.WORKBOOK_BASE), vba.module(text)]
    read = olevba.VBA_Parser("vbaProject.bin", vba.vba_project("gk_xl", modules))
    found = {name: code for _, _, name, code in read.extract_all_macros()}
    assert found["Probe.bas"] == text.replace("\n", "\r\n")
    lines = found["ThisWorkbook.cls"].split("\r\n")
    assert lines[:2] == ['Attribute VB_Name = "ThisWorkbook"', f'Attribute VB_Base = "{vba.WORKBOOK_BASE}"']
    assert lines[-2:] == ["Public X As Long", ""]


def test_the_same_modules_give_the_same_bytes():
    """Nothing of the day or of the machine is in the file."""
    modules = [vba.sheet_module("A"), vba.module('Attribute VB_Name = "B"\nSub C()\nEnd Sub\n')]
    assert vba.vba_project("gk_xl", modules) == vba.vba_project("gk_xl", modules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sub A()\nEnd Sub\n", "Attribute VB_Name"),
        ('Attribute VB_Name = "1A"\n', "Attribute VB_Name"),
        (f'Attribute VB_Name = "{"A" * 32}"\n', "Attribute VB_Name"),
    ],
)
def test_text_without_a_usable_name_is_refused(text, said):
    """A module must name itself in its first line, in at most 31 letters, digits and underscores."""
    with pytest.raises(HostError, match=said):
        vba.module(text)


def test_a_character_outside_the_code_page_is_named():
    """A text that could not be stored is refused with the character, not stored with a question mark."""
    with pytest.raises(HostError, match="✓"):
        vba.vba_project("gk_xl", [vba.module('Attribute VB_Name = "A"\n\' ✓\n')])


def test_modules_of_one_name_are_refused():
    """VBA does not tell names apart by case."""
    with pytest.raises(HostError, match="a"):
        vba.vba_project("gk_xl", [vba.sheet_module("A"), vba.sheet_module("a")])
