"""A copy of a workbook with what a check found: flags, notes, suggested sentences and 校验结果; all else as it is.

The county's own sheets, pictures, charts, comments, colours and passwords are parts of the package, or cells, that are
not touched, so nothing has to be rebuilt and nothing can be dropped.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.content import Content, verdict_text
from gk_xl.workbook.files import open_package
from gk_xl.workbook.flags import at_places, flags
from gk_xl.workbook.layout import (
    CODE_COLUMN,
    FIRST_ONES,
    FLAGS,
    JUDGED,
    KEY_COLUMN,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    UNCOUNTED,
    is_judged,
)
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.package.cells import Cells
from gk_xl.workbook.package.looks import Looks
from gk_xl.workbook.package.notes import Notes
from gk_xl.workbook.package.parts import Package
from gk_xl.workbook.raw import RawWorkbook
from gk_xl.workbook.sheets.narrative import LOWEST, row_height, suggestions
from gk_xl.workbook.sheets.results import plan_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult
    from gk_xl.form.schema import Value
    from gk_xl.workbook.grid import Reading
    from gk_xl.workbook.layout import Place

BOOK: Final = "xl/workbook.xml"
_CHAIN: Final = "xl/calcChain.xml"
_BEHIND_CALCULATION: Final = {
    f"{MAIN}{name}"
    for name in ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
                 "fileRecoveryPr", "webPublishObjects", "extLst")
}  # fmt: skip


class Marked(NamedTuple):
    """A marked copy and what was written into it: flagged cells, notes, lines of 校验结果."""

    data: bytes
    flags: int
    notes: int
    lines: int


class Signed(NamedTuple):
    """What 报送单 says: the texts by place, the verdict's formula, which holds until something is changed, rows' heights in points."""

    texts: Mapping[Place, str]
    formulas: Mapping[Place, str]
    heights: Mapping[Place, float]


UNSIGNED: Final = Signed({}, {}, {})


def marked_copy(
    path: Path,
    reading: Reading,
    result: CheckResult,
    last: Filing | None,
    checked_at: str,
    signed: Signed = UNSIGNED,
) -> Marked:
    """Return a copy of a workbook with what a check found, and with 报送单 where it is ``signed``.

    KeyError or ValueError when a sheet of ours is missing.
    """
    source = open_package(path)
    members, package = RawWorkbook(source).members, Package(source)
    sheets = {title: Cells(package, members[title]) for title in reading.layout.sheets if title in members}
    for title, cells in sheets.items():
        cells.forget({(place.row, place.column) for place in reading.places.values() if place.sheet == title})
    kept = last is None or (reading.last is not None and reading.last.cells == last.cells)
    content = Content(reading.layout, reading.filing, last or reading.last, result, checked_at, last_is_kept=kept)
    flags = _put_flags(sheets, reading, content)
    notes = _put_notes(sheets, reading, content)
    for name, _, text in suggestions(content.filing):
        place = reading.places[name].suggestion
        sheets[place.sheet].put(place.row, place.column, text or None)
    _show_whole(sheets, reading)
    lines = _put_results(package, sheets[RESULTS], content, reading)
    for place, text in signed.texts.items():
        sheets[place.sheet].put(place.row, place.column, text or None)
        sheets[place.sheet].calculate(place.row, place.column, signed.formulas.get(place), text)
    for place, height in signed.heights.items():
        sheets[place.sheet].height(place.row, str(height))
    _reach_of_print(package.root(BOOK), lines)
    _calculate_anew(package)
    return Marked(package.bytes(), flags, notes, lines)


def _named(reading: Reading, levels: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Yield the place in this workbook of each name with what belongs to it."""
    for name, value in levels.items():
        place = reading.places.get(reading.rows.get(name, name))
        if place is not None:
            yield place, value


def _put_flags(sheets: Mapping[str, Cells], reading: Reading, content: Content) -> int:
    """Write the level beside every cell of the form, blank where nothing is wrong; return how many are flagged."""
    flagged = at_places(_named(reading, flags(content)))
    own = {place for name, place in reading.places.items() if not name.startswith("last.") and place.sheet != RESULTS}
    for place in sorted(own | flagged.keys()):
        cells, flag = sheets[place.sheet], flagged.get(place)
        cells.put(place.row, place.column + FLAGS, flag and flag.level)
        cells.calculate(place.row, place.column + FLAGS, flag and flag.formula)
    for name, place in reading.places.items() if reading.layout.schema not in FIRST_ONES else ():
        if is_judged(name) and not (name.startswith("last.") and reading.layout.schema in UNCOUNTED):
            sheets[place.sheet].copy_value(place.row, place.column, place.column + JUDGED)
    return len(flagged)


def _put_notes(sheets: Mapping[str, Cells], reading: Reading, content: Content) -> int:
    """Write the findings into the notes; those of the last check go, a clerk's stay. Return how many were written."""
    texts: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    for place, text in _named(reading, content.notes()):
        cell = place.row, place.column
        before = texts[place.sheet].get(cell)
        texts[place.sheet][cell] = f"{before}\n{text}" if before else text
    return sum(Notes(cells).put(texts[title]) for title, cells in sheets.items() if title != RESULTS)


def _show_whole(sheets: Mapping[str, Cells], reading: Reading) -> None:
    """Let each row show its paragraph whole, where it was left lower than that: no application does so by itself."""
    for part, texts in reading.typed.items():
        for number, text in enumerate(texts, start=1):
            name = f"narrative.{part}.{number}"
            place = reading.places.get(reading.rows.get(name, name))
            if place is not None:
                cells, wanted = sheets[place.sheet], row_height(text)
                if wanted > float(cells.row(place.row).get("ht") or LOWEST):
                    cells.height(place.row, str(wanted))


def _put_results(package: Package, cells: Cells, content: Content, reading: Reading) -> int:
    """Write verdict, time and the list with its looks, heights and links; return the number of lines."""
    for name, value in (("verdict", verdict_text(content)), ("checked_at", content.checked_at)):
        place = reading.places[name]
        cells.put(place.row, place.column, value)
    model = _Model(content)
    looks = Looks(model.package, package)
    last = RESULTS_FIRST + RESULTS_ROWS - 1
    for row in range(RESULTS_FIRST, last + 1):
        for column in (*range(1, CODE_COLUMN + 1), KEY_COLUMN):
            found = model.cells.cells.get((row, column))
            if found is not None:
                cells.put(row, column, model.value(found), looks.number(int(found.get("s", 0))))
                cells.calculate(row, column, found.findtext(f"{MAIN}f"))
            elif column == REASON_COLUMN:
                cells.put(row, column, None)
            else:
                cells.drop(row, column)
        line = model.cells.rows.get(row)
        if line is not None or row in cells.rows:
            cells.height(row, None if line is None else line.get("ht"))
    cells.link(model.links(), (RESULTS_FIRST, 1), (last, CODE_COLUMN))
    return len(model.lines)


def own_things(path: Path, reading: Reading) -> str:
    """Return in Chinese what a workbook holds besides our form, empty when nothing: for a copy that lacks it."""
    package = Package(open_package(path))
    titles = [item.get("name") for item in package.root(BOOK).find(f"{MAIN}sheets")]
    sheets = [title for title in titles if title not in reading.layout.sheets]
    kinds = {"批注": "comments", "图片、图表": "drawing", "表格": "table"}
    names = [name for part in package.parts if part.startswith("xl/worksheets/") for name in package.relations(part)]
    found = [label for label, kind in kinds.items() if any(item[1].endswith(f"/{kind}") for item in names)]
    if any(b"<sheetProtection" in data and b"assword=" in data for data in package.parts.values()):
        found.append("工作表密码")
    return "、".join([*(f"工作表“{title}”" for title in sheets), *found])


class _Model:
    """The sheet 校验结果 as a workbook of ours would have it: where its lines, looks, heights and links come from."""

    def __init__(self, content: Content) -> None:
        from gk_xl.workbook.build import CONSTANTS, render
        from gk_xl.workbook.plan import WorkbookPlan

        plan = WorkbookPlan([plan_results(content)], {}, dict.fromkeys(CONSTANTS, ""), {})
        with zipfile.ZipFile(io.BytesIO(render(plan))) as package:
            self.raw, self.package = RawWorkbook(package), Package(package)
            self.strings = self.raw.strings
            self.cells = Cells(self.package, self.raw.members[RESULTS])
        self.lines = [row for row in self.cells.rows if row >= RESULTS_FIRST]

    def value(self, cell: Any) -> Value:
        """Return what a cell of the model holds."""
        text = cell.findtext(f"{MAIN}v")
        if not text or cell.get("t") == "str":  # the text of a formula is the application's to find
            return None
        return self.strings[int(text)] if cell.get("t") == "s" else float(text)

    def links(self) -> dict[tuple[int, int], dict[str, str]]:
        """Return the links of the list by row and column."""
        from gk_xl.engines.core.addresses import parse_address

        return {
            parse_address(item.get("ref")): {
                key: value for key, value in item.attrib.items() if key in ("location", "display", "tooltip")
            }
            for item in self.cells.root.iter(f"{MAIN}hyperlink")
        }


def _reach_of_print(book: Any, lines: int) -> None:
    """Let 校验结果 print down to its last line."""
    titles = [item.get("name") for item in book.find(f"{MAIN}sheets")]
    names = book.find(f"{MAIN}definedNames")
    for item in names if names is not None else ():
        if item.get("name") == "_xlnm.Print_Area" and item.get("localSheetId") == str(titles.index(RESULTS)):
            end = RESULTS_FIRST + max(lines, 1) - 1
            item.text = f"'{RESULTS}'!$A$1:${column_letters(CODE_COLUMN)}${end}"


def _calculate_anew(package: Package) -> None:
    """Let the application calculate when it opens the copy; the order of calculation is its own to find again."""
    if _CHAIN in package.parts:
        package.remove(_CHAIN)
    book = package.root(BOOK)
    found = book.find(f"{MAIN}calcPr")
    if found is None:
        found = book.makeelement(f"{MAIN}calcPr")
        follower = next((child for child in book if child.tag in _BEHIND_CALCULATION), None)
        if follower is None:
            book.append(found)
        else:
            follower.addprevious(found)
    found.set("fullCalcOnLoad", "1")
