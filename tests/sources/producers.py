"""Reports as real programs make them: .doc, .rtf, .odt and PDF of LibreOffice, PDF of Chromium and of TeX.

``python -m tests.sources.producers FOLDER [FORMAT …]`` draws every quirk, has the programs make the files, reads each in a
process of its own and prints, for each format: layouts, cells right, doubtful, not found, wrong in silence, texts changed,
seconds of processor and megabytes at most for a file.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import resource
import subprocess
import time
import zipfile
from html import escape
from pathlib import Path
from shutil import which

from gk_xl.errors import SourceError
from gk_xl.form.load import edition_ids
from gk_xl.report.pdf import find_soffice
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.quirks import EVERY
from tests.sources.typeset import HEADS, document_of, typeset
from tests.sources.writers import html_block, sheet, word_file

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SCRIPT = """
const { chromium } = require('playwright-core');
const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[1], args: ['--no-sandbox'] });
  const width = 794 - 2 * 36;  // of A4, between the margins
  const page = await browser.newPage({ viewport: { width, height: 1000 } });
  for (const [source, target, heads] of jobs) {
    await page.goto('file://' + source);
    const scale = Math.min(1, width / await page.evaluate(() => document.documentElement.scrollWidth));  // else its end is on no page
    await page.pdf({ path: target, format: 'A4', scale, displayHeaderFooter: heads, margin: { top: '40px', bottom: '40px', left: '36px', right: '36px' } });
  }
  await browser.close();
})();
"""


def _with_widths(document, whole):
    """Return a Word document whose tables have a grid and whose cells have widths, as Word writes them."""
    tables = []
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", document, re.DOTALL):
        rows = re.findall(r"<w:tr>.*?</w:tr>", table, re.DOTALL)
        columns = max(sum(map(int, re.findall(r'w:gridSpan w:val="(\d+)"', row))) for row in rows)
        each = whole // columns
        cells = table
        for span in range(1, columns + 1):
            own = f'<w:gridSpan w:val="{span}"/>'
            cells = cells.replace(own, f'<w:tcW w:w="{each * span}" w:type="dxa"/>{own}')
        grid = "<w:tblGrid>" + f'<w:gridCol w:w="{each}"/>' * columns + "</w:tblGrid>"
        tables.append((table, cells.replace("<w:tbl>", f"<w:tbl>{grid}", 1)))
    for before, after in tables:
        document = document.replace(before, after, 1)
    return document


def dressed(package, *, ruled, landscape=False, narrow=False, gridless=False):
    """Return a Word file with rules round its cells or none, its tables as wide as the page, its font one for Chinese."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        document = source.read("word/document.xml").decode()
    kind = "single" if ruled else "none"
    sides = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    margin = 2600 if narrow else 1200
    section = f'<w:sectPr><w:pgSz {size}/><w:pgMar w:top="1200" w:bottom="1200" w:left="{margin}" w:right="{margin}"/></w:sectPr>'
    if not gridless:
        document = _with_widths(document, (16838 if landscape else 11906) - 2 * margin)
    document = document.replace("<w:tbl>", f"<w:tbl>{look}")
    end = "" if document.endswith("</w:p></w:body></w:document>") else "<w:p/>"  # as Word ends every document
    document = document.replace("</w:body>", f"{end}{section}</w:body>")
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package_made:
        package_made.writestr("[Content_Types].xml", types)
        package_made.writestr("_rels/.rels", relations)
        package_made.writestr("word/document.xml", document)
    return made.getvalue()


STYLES = {
    "ruled": "table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:3px;text-align:center}",
    "polygons": "table{border-spacing:2px;width:100%} td{border:2px outset #777;padding:3px;text-align:center}",
    "dotted": "table{border-collapse:collapse;width:100%} td{border:1px dashed #555;padding:2px}",
    "unruled": "table{width:100%} td{padding:3px;text-align:center}",
    "divs": ".t{display:grid;gap:0;border-left:1px solid #000;border-top:1px solid #000} .t>div{border-right:1px solid "
    "#000;border-bottom:1px solid #000;padding:3px;text-align:center}",
}
"""How web pages draw their tables."""


def styled_page(drawing, style):
    """Return a page whose tables are drawn in one of the styles; ``divs`` has no table at all."""
    size = "font:14px 'Noto Sans CJK SC',sans-serif"
    block = _grid_of_divs if style == "divs" else html_block
    body = "".join(block(one) if not isinstance(one, str) else f"<p>{escape(one)}</p>" for one in drawing.blocks)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(drawing.filing.title)}</title><style>'
        f"body{{{size}}} td,.t{{font-size:11px}} {STYLES[style]}</style></head><body>{body}</body></html>"
    )


def _grid_of_divs(table):
    width = max(sum(cell.columns for cell in row) for row in table.rows)
    cells = "".join(
        f'<div style="grid-row:span {cell.rows};grid-column:span {cell.columns}">{escape(cell.text)}</div>'
        for row in table.rows
        for cell in row
    )
    return f'<div class="t" style="grid-template-columns:repeat({width},1fr)">{cells}</div>'


def _sheet(drawing, chance, style):
    """Return a workbook as it is, or dressed: ``centred``, ``wrapped``, ``bordered``, ``merged``, ``fit``, columns of random ``widths``.

    ``bordered`` rules every cell, also those of the rows with text; ``merged`` has each paragraph in one wrapped cell over the
    whole width; ``fit`` prints all columns on one page.
    """
    from openpyxl import load_workbook
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.utils import get_column_letter

    book = load_workbook(io.BytesIO(sheet(drawing, chance)[0]))
    page, ways = book.active, style.split("-")
    whole, rule = page.max_column, Side(style="thin")
    middle = "center" if "centred" in ways else None
    for row in page.iter_rows(min_row=1 if "wrapped" in ways else 2):
        for cell in row:
            if "centred" in ways or "wrapped" in ways:
                cell.alignment = Alignment(horizontal=middle, vertical="center", wrap_text="wrapped" in ways)
            if "bordered" in ways:
                cell.border = Border(rule, rule, rule, rule)
    for number in _paragraphs(page) if "merged" in ways else ():
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=whole)
        page.cell(number, 1).alignment = Alignment(horizontal=middle, vertical="center", wrap_text=True)
    for number in range(1, whole + 1) if "widths" in ways else ():
        page.column_dimensions[get_column_letter(number)].width = chance.uniform(4, 22)
    if "merged" in ways or "wrapped" in ways:
        _heighten(page)
    if "fit" in ways:
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _paragraphs(page):
    """Return the rows of a sheet that hold one text in the first column, and nothing else."""
    merged = {number for area in page.merged_cells.ranges for number in range(area.min_row, area.max_row + 1)}
    return [
        row[0].row for row in page.iter_rows()
        if row[0].row not in merged and isinstance(row[0].value, str) and all(cell.value is None for cell in row[1:])
    ]  # fmt: skip


def _heighten(page):
    """Make the rows of a sheet so high that wrapped texts are seen whole, as people do: five characters a column and line."""
    spans = {area.min_row: {} for area in page.merged_cells.ranges}
    for area in page.merged_cells.ranges:
        spans[area.min_row][area.min_col] = (area.size["rows"], area.size["columns"])
    for row in page.iter_rows():
        lines = 1
        for cell in row:
            rows, columns = spans.get(cell.row, {}).get(cell.column, (1, 1))
            text = cell.value if isinstance(cell.value, str) and cell.alignment.wrap_text else ""
            wrapped = sum(-(-len(part) // (5 * columns)) for part in text.split("\n"))
            lines = max(lines, -(-wrapped // rows))
        page.row_dimensions[row[0].row].height = 15 * lines


def drawings():
    """Yield every quirk's drawing with its name, the editions in turn."""
    for number, quirk in enumerate(EVERY):
        edition = edition_ids()[number % 2]
        chance = random.Random(f"{quirk.__name__} {edition}")
        drawing = drawing_of(filing_of(edition, number))
        quirk(drawing, chance)
        yield quirk.__name__, drawing, chance


def office(sources, target, folder, extra=()):
    """Have LibreOffice convert files in one call."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(find_soffice()), profile, "--headless", *extra, "--convert-to", target, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=560)


def chromium(pages, folder, *, heads=False):
    """Have Chromium print pages in one call; NODE_PATH names playwright-core."""
    jobs = [[str(page), str(folder / f"{page.stem}.pdf"), heads] for page in pages]
    browser = which("chromium") or which("chromium-browser")
    subprocess.run(
        ["node", "-e", _SCRIPT, browser], input=json.dumps(jobs).encode(), check=True, timeout=560, env=dict(os.environ)
    )


def _written(folder, suffix, made):
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing, chance in drawings():
        (folder / f"{name}.{suffix}").write_bytes(made(drawing, chance))
    return sorted(folder.glob(f"*.{suffix}"))


def make(kind, folder):
    """Make the files of one kind; return them."""
    maker, _, style = kind.partition("-")
    if maker == "chromium":
        sources = _written(
            folder / "html", "html", lambda drawing, _: styled_page(drawing, style.removesuffix("-heads")).encode()
        )
        chromium(sources, folder, heads=kind.endswith("heads"))
        return sorted(folder.glob("*.pdf"))
    if maker == "calc":
        office(_written(folder / "xlsx", "xlsx", lambda drawing, chance: _sheet(drawing, chance, style)), "pdf", folder)
        return sorted(folder.glob("*.pdf"))
    if maker in HEADS:
        typeset(_written(folder / "tex", "tex", lambda d, _: document_of(d, maker, style).encode()), maker, folder)
        return sorted(folder.glob("*.pdf"))
    settings = {
        "ruled": style != "unruled",
        "landscape": style == "landscape",
        "narrow": style == "narrow",
        "gridless": style == "gridless",
    }
    sources = _written(folder / "docx", "docx", lambda d, chance: dressed(word_file(d, chance)[0], **settings))
    office(sources, maker, folder)
    if maker == "pdf":
        return sorted(folder.glob("*.pdf"))
    back = folder / "back"
    back.mkdir()
    office(sorted(folder.glob(f"*.{maker}")), "docx:MS Word 2007 XML", back)
    return sorted(back.glob("*.docx"))


KINDS = [
    "doc", "rtf", "odt", "pdf-ruled", "pdf-unruled", "pdf-landscape", "pdf-narrow",
    *(f"chromium-{style}" for style in STYLES), "chromium-ruled-heads", "calc", "calc-centred", "calc-widths",
    "calc-bordered", "calc-bordered-merged-fit", "calc-bordered-merged-centred-wrapped",
    *(("xelatex-longtable", "xelatex-booktabs", "pdflatex-tabularx", "untold-shaded") if which("xelatex") else ()),
]  # fmt: skip


def read_alone(path, drawing):
    """Return what came of a file, read in a process of its own: counts, faults, seconds of processor, megabytes at most."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        begun = time.process_time()
        try:
            found = judged(drawing, import_sources([path]))
            told = {name: getattr(found, name) for name in ("right", "doubtful", "missing", "silent", "broken", "all")}
        except SourceError as error:
            told = {"refused": str(error)}
        told |= {"seconds": time.process_time() - begun}
        told |= {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        os.write(writing, json.dumps(told).encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = json.loads(pipe.read())
    os.waitpid(child, 0)
    return told


def main(folder, kinds):
    """Make and read the files of some kinds, and print what came of each."""
    for kind in kinds:
        made = folder / kind
        made.mkdir(parents=True)
        paths = {path.stem: path for path in make(kind, made)}
        all_told = {name: read_alone(paths[name], drawing) for name, drawing, _ in drawings() if name in paths}
        for name, told in all_told.items():
            if told.get("refused") or told["silent"] or told["broken"]:
                print(kind, name, told.get("refused") or (told["silent"][:3], told["broken"][:2]))
        read = [told for told in all_told.values() if "refused" not in told]
        counts = {name: sum(told[name] for told in read) for name in ("right", "doubtful", "missing", "all")}
        print(
            f"{kind}: {len(all_told)} layouts, {len(all_told) - len(read)} refused, {counts}, "
            f"silent {sum(len(told['silent']) for told in read)}, text changed {sum(bool(told['broken']) for told in read)}, "
            f"slowest {max(told['seconds'] for told in all_told.values()):.2f} s, "
            f"{max(told['megabytes'] for told in all_told.values()):.0f} MB"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.sources.producers", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where the files are made")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; all when none is given")
    given = parser.parse_args()
    main(given.folder.resolve(), given.kinds or KINDS)
