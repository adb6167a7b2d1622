"""Spreadsheet engines that calculate our workbook: each takes what is typed and returns what the formulas are worth."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.build import content_for, plan_workbook, render
from gk_xl.workbook.layout import FLAGS
from tests.conftest import ROOT
from tests.real_apps.live.fillings import At, blank

NODE_MODULES = ROOT / "dist" / "node" / "node_modules"
TOGETHER = 50  # fillings in one file for Gnumeric, which is started anew for each file
UNCALCULATED = 77  # the value that formulas have in that file: nobody may mistake it for a verdict
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class LibreOffice:
    """LibreOffice with the workbook open in it, written and read a block at a time."""

    def __init__(self, document) -> None:
        self.document = document
        self.sheets = {title: document.Sheets.getByName(title) for title in document.Sheets.ElementNames}
        document.enableAutomaticCalculation(False)
        for sheet in self.sheets.values():
            sheet.unprotect("")

    def all(self, typed: list[dict[At, object]], asked: list[At]):
        """Yield what is worth what, filling after filling."""
        hidden = {at: at[2] > FLAGS for at in typed[0]}  # what was judged stands beyond formulas: a block of its own
        inputs = {
            (title, far): self.block(title, [at for at, is_far in hidden.items() if is_far is far])
            for title, far in {(at[0], is_far) for at, is_far in hidden.items()}
        }
        outputs = {title: self.block(title, asked) for title in {at[0] for at in asked}}
        printed = {which: [list(row) for row in block.getDataArray()] for which, (block, _, _) in inputs.items()}
        for one in typed:
            for at, value in one.items():
                which = at[0], hidden[at]
                _, top, left = inputs[which]
                shown = float(value) if isinstance(value, int | float) else value or ""
                printed[which][at[1] - top][at[2] - left] = shown
            for which, (block, _, _) in inputs.items():
                block.setDataArray(tuple(map(tuple, printed[which])))
            self.document.calculateAll()
            grids = {title: (block.getDataArray(), top, left) for title, (block, top, left) in outputs.items()}
            yield {at: grids[at[0]][0][at[1] - grids[at[0]][1]][at[2] - grids[at[0]][2]] for at in asked}

    def block(self, title: str, places: list[At]):
        """Return the smallest block of a sheet that holds these cells, with its first row and column."""
        rows, columns = ([at[axis] for at in places if at[0] == title] for axis in (1, 2))
        area = (min(columns) - 1, min(rows) - 1, max(columns) - 1, max(rows) - 1)
        return self.sheets[title].getCellRangeByPosition(*area), min(rows), min(columns)


class IronCalc:
    """IronCalc, in this process."""

    def __init__(self, edition_id: str) -> None:
        ironcalc = pytest.importorskip("ironcalc", reason="ironcalc is not installed (pip install ironcalc)")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "年报.xlsx"
            path.write_bytes(render(plan_workbook(content_for(blank(edition_id)))))
            self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.sheets = {sheet["name"]: n for n, sheet in enumerate(self.model.get_worksheets_properties())}

    def all(self, typed: list[dict[At, object]], asked: list[At]):
        """Yield what is worth what, filling after filling."""
        for one in typed:
            for (sheet, row, column), value in one.items():
                at = (self.sheets[sheet], row, column)
                if value is None:
                    self.model.clear_cell_contents(*at)
                elif isinstance(value, str):
                    self.model.update_cell_with_text(*at, value)
                else:
                    self.model.update_cell_with_number(*at, value)
            self.model.evaluate()
            yield {at: self.model.get_cell_value(self.sheets[at[0]], *at[1:]) for at in asked}


class HyperFormula:
    """HyperFormula in a Node.js of its own."""

    def __init__(self, edition_id: str) -> None:
        node = shutil.which("node")
        if node is None or not (NODE_MODULES / "hyperformula").is_dir():
            pytest.skip("hyperformula is not installed under dist/node (.ci/run installs it)")
        self.process = subprocess.Popen(
            [node, str(Path(__file__).with_name("hyperformula.cjs"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", env={**os.environ, "NODE_PATH": str(NODE_MODULES)},
        )  # fmt: skip
        plan = plan_workbook(content_for(blank(edition_id)))
        self.ask({"sheets": {sheet.title: self.rows(sheet) for sheet in plan.sheets}})

    @staticmethod
    def rows(sheet) -> list[list[object]]:
        """Return a sheet's contents: formulas as formulas, labels as texts."""
        height, width = (max(place[axis] for place in sheet.cells) for axis in (0, 1))
        rows: list[list[object]] = [[None] * width for _ in range(height)]
        for (row, column), cell in sheet.cells.items():
            text = f"={cell.formula}" if cell.formula else HyperFormula.typed(cell.value)
            rows[row - 1][column - 1] = text
        return rows

    @staticmethod
    def typed(value: object) -> object:
        """Return a value so that a text stays a text."""
        return value if value is None or isinstance(value, int | float) else f"'{value}"

    def ask(self, request: dict[str, object]) -> dict[str, list[object]]:
        """Return the engine's answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def all(self, typed: list[dict[At, object]], asked: list[At]):
        """Yield what is worth what, filling after filling."""
        for one in typed:
            request = {"typed": [(*at, self.typed(value)) for at, value in one.items()], "asked": asked}
            yield dict(zip(asked, self.ask(request)["worth"], strict=True))

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Gnumeric:
    """Gnumeric's ``ssconvert``, many fillings in one file: the sheets of each with a number behind their titles."""

    def __init__(self, edition_id: str) -> None:
        self.program = shutil.which("ssconvert")
        if self.program is None:
            pytest.skip("ssconvert (Gnumeric) is not installed")
        plan = plan_workbook(content_for(blank(edition_id)))
        self.sheets = {sheet.title: _rows(sheet) for sheet in plan.sheets}

    def all(self, typed: list[dict[At, object]], asked: list[At]):
        """Yield what is worth what, filling after filling."""
        for start in range(0, len(typed), TOGETHER):
            yield from self.together(typed[start : start + TOGETHER], asked)

    def together(self, typed: list[dict[At, object]], asked: list[At]):
        """Yield what is worth what for the fillings of one file."""
        from python_calamine import CalamineWorkbook

        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "in.xlsx", Path(folder) / "out.xlsx"
            source.write_bytes(package({
                f"{title}{number}": _sheet_xml(title, rows, number, one)
                for number, one in enumerate(typed) for title, rows in self.sheets.items()
            }))  # fmt: skip
            run = subprocess.run(
                [self.program, "--recalc", source, target], capture_output=True, text=True, check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
            assert run.returncode == 0, run.stderr
            out = CalamineWorkbook.from_path(target)
            titles = {at[0] for at in asked}
            for number in range(len(typed)):
                grids = {t: out.get_sheet_by_name(f"{t}{number}").to_python(skip_empty_area=False) for t in titles}
                yield {at: grids[at[0]][at[1] - 1][at[2] - 1] for at in asked}


Row = list[tuple[int, str, str, object]]


def _rows(sheet) -> dict[int, Row]:
    """Return the cells of a plan: row → column, address, formula (as XML, ``@`` behind each sheet's title), what is printed."""
    rows: dict[int, Row] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        formula = re.sub(r"'([^']+)'!", r"'\1@'!", escape(cell.formula))
        rows.setdefault(row, []).append((column, f"{column_letters(column)}{row}", formula, cell.value))
    return rows


def _sheet_xml(title: str, rows: dict[int, Row], number: int, typed: dict[At, object]) -> str:
    """Return a sheet with what is typed in it and its formulas uncalculated."""
    lines = []
    for row, cells in rows.items():
        parts = []
        for column, address, formula, printed in cells:
            value = typed.get((title, row, column), printed)
            if formula:
                parts.append(f'<c r="{address}"><f>{formula.replace("@", str(number))}</f><v>{UNCALCULATED}</v></c>')
            elif isinstance(value, str):
                parts.append(f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            elif value is not None:
                parts.append(f'<c r="{address}"><v>{value!r}</v></c>')
        lines.append(f'<row r="{row}">{"".join(parts)}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def package(sheets: dict[str, str]) -> bytes:
    """Return the smallest .xlsx that holds these sheets, by title."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>' for n in numbers)
    links = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="{n}.xml"/>' for n in numbers)
    titles = "".join(f'<sheet name="{t}" sheetId="{n}" r:id="r{n}"/>' for n, t in enumerate(sheets, start=1))
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{titles}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">{links}</Relationships>',
        **{f"xl/{n}.xml": xml for n, xml in enumerate(sheets.values(), start=1)},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return buffer.getvalue()


ENGINES = {"ironcalc": IronCalc, "hyperformula": HyperFormula, "gnumeric": Gnumeric}
