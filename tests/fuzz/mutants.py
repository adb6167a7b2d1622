"""Mutants: files and texts that are nearly right, each from a seed and a number, the same ones every time."""

from __future__ import annotations

import functools
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"
NASTY = (
    "", "0", "-1", "1e400", "-1e300", "NaN", "inf", "9" * 25, "1e-320", "0.1", "９９", "²²²²", "十二", "#DIV/0!", "#SPILL!",
    "XFD1048576", "A1", "A0", "$A$1", "R1C1", "true", "TRUE", "null", "9999", "0000", "1899", "10000", "2025-13-45",
    "9999-12-31", "0001-01-01", "_x0007_", "_xD800_", "&#7;", "&lt;", "&nope;", "]]>", "<v/>", "=1+1", '=HYPERLINK("x")',
    "{新收申请}", "{", "｛｝", "\u200b", "\u2028", "\ufeff", "\U0001f600", "\u202e", "\u0000", "\u0007", "一" * 400, "共计" * 60, "乡政府" * 60,
    "a" * 33_000, "\n" * 50, "../../etc/passwd", "C:\\x", "gk_xl.schema", "t3.granted.total", "件", "万元", "（" * 60, "“" * 60,
)  # fmt: skip
"""What is put in place of something right."""
LARGEST_WORD = 40_000


def example_texts() -> list[str]:
    """Return the published texts that lie beside the code."""
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


@functools.cache
def filings():
    """Return right, wrong, blank and older filings."""
    from gk_xl.form.filing import Filing, Unit
    from gk_xl.sources.text import import_text

    found = [Filing.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]
    found += [import_text(text, "样本").filing for text in example_texts()]
    found.append(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    return tuple(found)


@functools.cache
def workbooks() -> tuple[bytes, ...]:
    """Return workbooks: as built, marked, with last year's data, and saved by another program."""
    from openpyxl import load_workbook

    from gk_xl.checks.run import check
    from gk_xl.workbook.build import build_workbook

    found = [build_workbook(filing, None, check(filing), "2026-01-05 10:00") for filing in filings()]
    this = filings()[0]
    found.append(build_workbook(this, replace(this, year=2024, waivers={"T2-10": "有授权"})))
    book, buffer = load_workbook(io.BytesIO(found[0])), io.BytesIO()
    book.create_sheet("我的台账")["B2"] = "x"
    book.save(buffer)
    return (*found, buffer.getvalue())


@functools.cache
def reports() -> tuple[bytes, ...]:
    """Return Word reports: with the data for a refresh, and with errors as comments."""
    from gk_xl.checks.run import check
    from gk_xl.report.docx import write_docx

    found = [write_docx(filing) for filing in filings()[:4]]
    wrong = filings()[1]
    return (*found, write_docx(wrong, failed=2, findings=check(wrong).findings[:2]))


# ------------------------------------------------------------------------------------------------ text and bytes


def word(dice: random.Random) -> str:
    """Return something that hardly belongs anywhere."""
    return dice.choice(NASTY)[:LARGEST_WORD]


def bent(text: str, dice: random.Random, tokens: str, put: Callable[[str], str] = str) -> str:
    """Return a text with some of its tokens replaced, removed, doubled or swapped; ``put`` makes new ones fit in."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        spans = [match.span() for match in re.finditer(tokens, text)]
        if not spans:
            return text + put(word(dice))
        start, end = dice.choice(spans)
        other = dice.choice(spans)
        if ("<" in text[start:end]) != ("<" in text[slice(*other)]):
            other = start, end
        new = {
            "replace": put(word(dice)), "remove": "", "double": text[start:end] * 2, "many": text[start:end] * dice.choice((3, 30, 200)),
            "swap": text[slice(*other)], "before": put(word(dice)) + text[start:end],
        }[dice.choice(("replace", "replace", "replace", "remove", "double", "many", "swap", "before"))]  # fmt: skip
        text = text[:start] + new + text[end:]
    return text


def broken(data: bytes, dice: random.Random) -> bytes:
    """Return bytes with a few of them changed, cut off, or put twice."""
    if not data:
        return b"\0"
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + dice.randrange(1, 200) :]
            case 2:
                data = data[:at] + data[at : at + 60] + data[at:]
            case _:
                data = data[: max(1, at)] if dice.random() < 0.2 else data[:at] + dice.randbytes(3) + data[at:]
        data = data or b"\0"
    return data


XML_VALUES = r'(?<==")[^"<>]{0,80}(?=")|(?<=>)[^<>]{1,80}(?=<)|<[^<>]*/>|<(\w+)[^<>]*>[^<>]*</\1>'
XML_TOKENS = XML_VALUES + "|</?[A-Za-z:]+"


def escaped(text: str) -> str:
    """Return a text as XML holds it, without what XML cannot hold."""
    return escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text), {'"': "&quot;"})


def package(data: bytes, dice: random.Random, favourites: tuple[str, ...]) -> bytes:
    """Return a zip package with one or two parts changed; the favourite ones more often."""
    if dice.random() < 0.08:
        return broken(data, dice)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    names = sorted(parts)
    for _ in range(dice.choice((1, 1, 2))):
        liked = [name for name in names if any(part in name for part in favourites)]
        name = dice.choice(liked if liked and dice.random() < 0.85 else names)
        roll = dice.random()
        if roll < 0.72:
            parts[name] = bent(parts[name].decode("utf-8", "replace"), dice, XML_VALUES, escaped).encode(
                "utf-8", "replace"
            )
        elif roll < 0.8:
            parts[name] = bent(parts[name].decode("utf-8", "replace"), dice, XML_TOKENS).encode("utf-8", "replace")
        elif roll < 0.9:
            parts[name] = broken(parts[name], dice)
        elif roll < 0.94:
            parts.pop(name, None)
            names = sorted(parts)
        else:
            parts[name] = parts[dice.choice(names)] if dice.random() < 0.6 else b""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


# ------------------------------------------------------------------------------------------------ one of each kind


def workbook(dice: random.Random) -> bytes:
    """Return a mutant of a workbook."""
    return package(
        dice.choice(workbooks()), dice, ("worksheets/sheet", "workbook.xml", "sharedStrings", "styles", "rels")
    )


def report(dice: random.Random) -> bytes:
    """Return a mutant of a Word report of ours."""
    return package(dice.choice(reports()), dice, ("document.xml", "customXml/item", "rels", "comments"))


def data(dice: random.Random) -> bytes:
    """Return a mutant of a filing as JSON."""
    held = json.loads(dice.choice(filings()).dumps())
    if dice.random() < 0.75:
        for _ in range(dice.choice((1, 1, 2, 3))):
            owner, key = _somewhere(held, dice)
            likely = dice.random() < 0.97
            owner[key] = (
                _fitting(owner[key], dice) if likely and not isinstance(owner[key], dict | list) else _value(dice)
            )
        if dice.random() < 0.03:
            held[word(dice)] = _value(dice)
        text = json.dumps(held, ensure_ascii=dice.random() < 0.5)
    else:
        text = bent(json.dumps(held, ensure_ascii=False), dice, r'"[^"]{0,60}"|[\d.]+|[\[\]{},:]|null')
    found = text.encode("utf-8", "surrogatepass" if dice.random() < 0.3 else "replace")
    return broken(found, dice) if dice.random() < 0.1 else found


def _fitting(held, dice: random.Random):
    """Return a value of the sort that stands there."""
    if isinstance(held, str):
        return dice.choice(
            (word(dice), held + word(dice), held.replace("。", word(dice), 1), chr(dice.randrange(0x110000)) + held)
        )
    numbers = (
        0,
        1,
        -1,
        10**12,
        10**12 + 1,
        10**25,
        -(10**400),
        1e300,
        0.1 + 0.2,
        dice.randrange(-9, 999),
        dice.random() * 9,
        None,
        word(dice),
    )
    return dice.choice(numbers)


def _places(held):
    """Yield every member of nested data, as its owner and its key: those that hold nothing themselves, and the others."""
    for key in held if isinstance(held, dict) else range(len(held)):
        if isinstance(held[key], dict | list):
            yield from _places(held[key])
        yield held, key


def _somewhere(held, dice: random.Random):
    """Return a member of nested data, mostly one that holds no members itself."""
    places = list(_places(held))
    leaves = [(owner, key) for owner, key in places if not isinstance(owner[key], dict | list)]
    return dice.choice(leaves if leaves and dice.random() < 0.97 else places)


def _value(dice: random.Random):
    """Return a value of any sort."""
    return dice.choice((
        word(dice), word(dice), word(dice) * 3, dice.randrange(-5, 400), dice.random() * 100, 10 ** dice.randrange(30), -(10**400), 1e300, float("inf"),
        True, None, [], {}, [word(dice)], {word(dice): word(dice)}, "\ud800", chr(dice.randrange(0x20)), chr(dice.randrange(0x110000)),
    ))  # fmt: skip


def text(dice: random.Random) -> bytes:
    """Return a mutant of a published report as text, in some encoding."""
    lines = dice.choice(example_texts()).split("\n")
    for _ in range(dice.choice((0, 1, 3, 10))):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                lines[at], lines[other] = lines[other], lines[at]
            case 1:
                lines[at] += lines[other]
            case 2:
                lines.insert(at, lines[other])
            case 3:
                del lines[at]
            case _:
                lines[at] = lines[at].replace(
                    dice.choice((" ", "\t", "。", "，", "、")), dice.choice(("", "\t", "  ", "。", word(dice)[:50]))
                )
        lines = lines or [""]
    changed = bent("\n".join(lines), dice, r"\d+|[一-鿿]{1,4}|[^\w\s]|\s+")
    encoding = dice.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig"))
    found = changed.encode(encoding, "replace")
    return broken(found, dice) if dice.random() < 0.1 else found
