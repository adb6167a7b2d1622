"""Who reports on which year: title, unit, kind of unit, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import chinese_number
from gk_xl.form.dates import iso_date
from gk_xl.form.filing import Unit
from gk_xl.form.units import possible_kinds, unit_kinds
from gk_xl.sources.labels import NARROW, bare, fold
from gk_xl.sources.sections import plain
from gk_xl.sources.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.model import Line

GOVERNMENT: Final = "人民政府"
_YEAR: Final = re.compile(r"[（(]?(?P<year>20\d\d|二[〇○零O0][〇○零O0一二三四五六七八九]{2})(?:年度?)?[)）]?")
_TAIL: Final = re.compile(r"(?:关于)?(?:的)?(?:政府|政务)?(?:信息)?公开.*$")
_ENDING: Final = re.compile(r"(?:报告|年报)(?:[（(][^（）()]{0,12}[)）])?$")
_NO_TITLE: Final = re.compile(
    r"[|｜/＞>»→]|校验未通过|^(?:正文|目录|首页|返回|正文内容|文章正文|信息详情|内容概述)$|位置|索引号|成文日期|发布(?:机构|日期|时间)|发文|文号|主题(?:分类|词)|组配分类|"
    r"信息(?:分类|来源|名称)|公开(?:方式|目录|范围)|点击|查看|解读|浏览|打印|下载|字号|来源[:：]|"
    r"[〔［\[【（(]\d{4}[〕］\]】）)]第?\d+号|公报(?:$|[（(]|\d)|\d{4}年?第[\d一二三四五六七八九十]+期"
)
"""Lines of a page's head that are never a piece of a title."""
_NAMES: Final = re.compile(r"(?:[省市县区州盟旗乡镇局委厅办会院队站]|街道|苏木|政府|中心|公司|学校|部|处)$")
"""How a line ends that may be the beginning of a unit's name."""
_SENTENCE: Final = re.compile(r"[。，；,;：:！？]")
_UNIT: Final = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,30}(?:人民政府|政府|办事处|委员会|管委会|局|厅|办公室|办|公室|中心)(?:办公室)?"
)
_DATE: Final = re.compile(
    r"(?P<year>\d{4}|[〇○零Oo一二三四五六七八九]{4})[年\-./](?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"[月\-./](?:(?P<day>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[日号]?)?"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title: ``text`` without spaces, its lines, the unit's name and the year in it (None: none)."""

    text: str
    positions: tuple[int, ...]
    unit: str
    year: int | None


def find_titles(lines: Sequence[Line], end: int) -> tuple[Title, ...]:
    """Return the titles among the lines before position ``end``: usually one, two where a web page repeats it."""
    titles: list[Title] = []
    shown = [(position, bare(plain(lines[position].text))) for position in range(end) if bare(lines[position].text)]
    index = 0
    while index < min(len(shown), 20):
        title, used = _title_at(shown, index)
        if title is not None:
            titles.append(title)
        index += used
    named = [title for title in titles if title.year is not None]
    return tuple(named or titles)


def title_in_head(text: str) -> tuple[Title, ...]:
    """Return the title in what a page's head says of it (样板局2024年…年度报告_样板县政府网); none where there is none."""
    pieces = [piece.split() for piece in re.split(r"[_|｜»>]+|\s*[-–—]+\s*", text) if is_title(piece)]
    # What stands before the title, parted by a blank, is the site's name: the shortest end that is a title counts.
    ends = ["".join(words[at:]) for words in pieces[:1] for at in range(len(words))]
    titles = [title for end in ends if is_title(end) and (title := _title_at([(0, end)], 0)[0]) is not None]
    named = [title for title in titles if title.unit]
    return tuple(replace(title, positions=()) for title in (named or titles)[-1:])


def is_title(text: str) -> bool:
    """Return whether a line alone is a report's title."""
    return year_of_title(text) is not None


def year_of_title(text: str) -> int | None:
    """Return the year of the report whose title a line alone is; None for any other line."""
    found, _ = _title_at([(0, bare(plain(text)))], 0)
    return None if found is None else found.year


def looks_signed(text: str) -> bool:
    """Return whether a line can belong to a signature block: a unit's name, a date, or both."""
    shown = bare(text)
    return bool(_UNIT.fullmatch(shown)) or read_date(text) is not None


def _title_at(shown: Sequence[tuple[int, str]], index: int) -> tuple[Title | None, int]:
    """Return the title that begins at ``index`` (one to three lines), and how many lines it uses (at least 1)."""
    for count in (3, 2, 1):
        pieces = shown[index : index + count]
        text = simplified("".join(piece for _, piece in pieces).translate(NARROW))
        if any(_NO_TITLE.search(piece) for _, piece in pieces):
            continue
        if len(pieces) < count or len(text) > 60 or any(_SENTENCE.search(piece) for _, piece in pieces):
            continue
        ends = [_ENDING.search(simplified(piece)) is not None for _, piece in pieces]
        if count > 1 and pieces[-1][1][:1] in "（(":
            ends = [*ends[:-2], False, ends[-2]]
        if "公开" not in text or not _ENDING.search(text) or any(ends[:-1]):
            continue
        if count > 1 and not _NAMES.search(pieces[0][1]) and _is_whole(pieces[-1]):
            continue  # a site's or an account's name, a mark, above a title that needs none
        year = _YEAR.search(text)
        unit = _TAIL.sub("", text[: year.start()] + text[year.end() :] if year else text)
        unit = unit.removeprefix("关于").removesuffix("关于").strip("（）()的")
        if unit.endswith("人民"):
            unit += "政府"
        elif unit.endswith(("乡政府", "镇政府")):
            unit = unit.removesuffix("政府")
        return Title(text, tuple(p for p, _ in pieces), unit, _year(year["year"]) if year else None), count
    return None, 1


def _is_whole(piece: tuple[int, str]) -> bool:
    """Return whether a line alone is a title with unit and year."""
    title, _ = _title_at([piece], 0)
    return title is not None and bool(title.unit) and title.year is not None


def _year(text: str) -> int | None:
    number = int(text) if text.isdigit() else chinese_number(text.replace("0", "〇"))
    return int(number) if number is not None else None


def year_in_text(paragraphs: Sequence[str]) -> int | None:
    """Return the year of the statistical period, else the year most spoken of (dates do not count)."""
    for text in paragraphs:
        match = re.search(r"(20\d\d)年1月1日[^。]{0,12}12月", bare(text))
        if match:
            return int(match[1])
    years = [year for text in paragraphs for year in re.findall(r"(20\d\d)年(?!\d)", bare(text))]
    return int(max(years, key=years.count)) if years else None


def read_date(text: str) -> str | None:
    """Return an ISO date for a line that is a date (2026年2月3日, 2026-02-03, 二〇二六年二月三日), else None.

    A line that looks like a date but is none (2月30日, without a day) comes back as typed.
    """
    typed = bare(text)
    return iso_date(fold(typed)) if _DATE.fullmatch(fold(typed)) else None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """The signature at the end: name and date ("" when absent), the lines it stands on, where the text ends."""

    name: str
    date: str
    positions: tuple[int, ...]


def find_signature(lines: Sequence[Line], positions: Sequence[int]) -> SignatureBlock | None:
    """Return the signature block among the last lines (``positions`` of lines that are not blank), None if absent.

    A name with a date right below is one wherever it stands, as long as no sentence follows: a site's foot may have many lines.
    """
    for first, second in reversed([*pairwise(positions)]):
        signed, text = bare(plain(lines[first].text)), plain(lines[second].text)
        if text.endswith("。"):
            break
        if (dated := read_date(text)) is not None and _UNIT.fullmatch(signed):
            return SignatureBlock(signed, dated, (first, second))
    tail = list(positions)[-8:]
    for index in range(len(tail) - 1, -1, -1):
        text = plain(lines[tail[index]].text)
        day = read_date(text)
        if day is not None:
            name = bare(plain(lines[tail[index - 1]].text)) if index else ""
            if _UNIT.fullmatch(name):
                return SignatureBlock(name, day, (tail[index - 1], tail[index]))
            below = bare(plain(lines[tail[index + 1]].text)) if index + 1 < len(tail) else ""
            if _UNIT.fullmatch(below):
                return SignatureBlock(below, day, (tail[index], tail[index + 1]))
            return SignatureBlock("", day, (tail[index],))
        both = re.fullmatch(r"(?P<name>\D+?)(?<!\s)\s*+(?P<date>[\d二].*)", text)
        if both and _UNIT.fullmatch(bare(both["name"])) and (day := read_date(both["date"])):
            return SignatureBlock(bare(both["name"]), day, (tail[index],))
    if tail and _UNIT.fullmatch(bare(lines[tail[-1]].text)):
        return SignatureBlock(bare(lines[tail[-1]].text), "", (tail[-1],))
    return None


def signature_below(lines: Sequence[Line], positions: Sequence[int]) -> SignatureBlock | None:
    """Return who signed on the lines below a title: a date in brackets below a name, 填报单位：… with a date; None for nobody."""
    head = [(position, bare(plain(lines[position].text))) for position in list(positions)[:4]]
    for (first, name), (second, day) in pairwise(head):
        reporter = re.fullmatch(r"(?:填报|报告|编制)(?:单位|机关)[:：](.+)", name)
        bracketed = re.fullmatch(r"[（(](.+)[）)]", day)
        own, date = reporter[1] if reporter else name, read_date(bracketed[1] if bracketed else day)
        if date is not None and (reporter or bracketed) and _UNIT.fullmatch(own):
            return SignatureBlock(own, date, (first, second))
    return None


def full_name(title_unit: str, signed: str, paragraphs: Sequence[str], publisher: str = "") -> tuple[str, str]:
    """Return the unit's full name and where it comes from ("" when the title had it already).

    ``publisher`` is who published it as the page says: it counts where it agrees with the title, or the title names nobody.
    """
    if signed and (not title_unit or title_unit in signed):
        return signed, "落款"
    agrees = publisher.endswith(title_unit) or publisher == title_unit + GOVERNMENT
    if publisher != title_unit and agrees and _UNIT.fullmatch(publisher):
        return publisher, "网页标明的发布机构"
    named = title_unit + GOVERNMENT
    if not title_unit or title_unit.endswith((GOVERNMENT, "办事处", "局", "委员会", "厅", "办公室")):
        return title_unit, ""
    if any(named in bare(text) for text in paragraphs):
        return named, "正文"
    kind = unit_kinds().get(guess_kind(title_unit))
    if kind is not None and kind.small and kind.organ == "government":
        return named, "推断"
    return title_unit, ""


def guess_kind(name: str) -> str:
    """Return the likeliest kind of unit of this name, "" when the name suggests none."""
    return next(iter(possible_kinds(name)), "")


def completed(unit: Unit, name: str) -> Unit:
    """Return ``unit`` with its name, kind and own word filled in where they are empty."""
    name = unit.name or name
    kind = unit.kind or guess_kind(name)
    own = unit.self_word or (unit_kinds()[kind].self_word if kind in unit_kinds() else "")
    return Unit(name, kind, own, unit.county)
