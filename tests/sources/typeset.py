"""Reports as TeX sets them: its engines, and the ways in which people draw tables with it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

from tests.sources.drawn import Cell


@dataclass(frozen=True)
class Style:
    """How tables are drawn: upright lines and lines between rows, a shaded first row, broken over pages, where numbers stand."""

    lines: bool = True
    shaded: bool = False
    breaks: bool = True
    numbers: str = r"\centering"
    size: str = r"\scriptsize"


STYLES = {
    "longtable": Style(),
    "tabularx": Style(breaks=False, numbers=r"\raggedright", size=r"\fontsize{6}{7}\selectfont"),
    "booktabs": Style(lines=False, numbers=r"\raggedleft"),
    "shaded": Style(shaded=True, numbers=r"\raggedleft"),
}
LONG = 20
"""So many rows a table has that is broken over pages in every style: else its end is on no page."""
_SETTING = r"""\usepackage[a4paper,margin=20mm]{geometry}
\usepackage{longtable,tabularx,multirow,booktabs,array,colortbl,xcolor}
\setlength{\tabcolsep}{2pt}\newlength{\each}\setcounter{LTchunksize}{200}
"""
_PDFTEX = r"""\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{lmodern,CJKutf8,indentfirst}
""" + _SETTING + r"\setlength{\parindent}{2em}\begin{document}\begin{CJK*}{UTF8}{gbsn}"  # fmt: skip
HEADS = {
    "xelatex": "\\documentclass[UTF8,fontset=fandol]{ctexart}\n" + _SETTING + r"\begin{document}",
    "pdflatex": "\\documentclass{article}\n" + _PDFTEX,
    "untold": "\\pdfobjcompresslevel=0\\documentclass{article}\n" + _PDFTEX,
}
"""What a file of each kind begins with; ``untold`` are fonts that do not say which characters they draw."""
_SIGNS = {sign: f"\\{sign}" for sign in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _escaped(text):
    seen = (
        " " if sign in "\t\u00a0\u2009\u202f" else sign for sign in text.replace("\\", "/") if category(sign) != "Cf"
    )
    shown = "".join(_SIGNS.get(sign, sign) for sign in seen)
    return shown.replace("\n", r"\newline ")


def document_of(drawing, engine, style):
    """Return a drawing in the language of TeX."""
    title, *blocks = drawing.blocks
    parts = [HEADS[engine], rf"\begin{{center}}\Large {_escaped(title)}\end{{center}}"]
    parts += [f"{_escaped(block)}\n" if isinstance(block, str) else _table(block, STYLES[style]) for block in blocks]
    return "\n".join([*parts, "" if engine == "xelatex" else r"\clearpage\end{CJK*}", r"\end{document}"])


def _table(block, style):
    columns = max(sum(cell.columns for cell in row) for row in block.rows)
    below, lines, heads = {}, [], True  # by the first column of a cell: how many rows it still covers, its columns
    for number, row in enumerate(block.rows):
        is_head = not any(cell.text.isdecimal() for cell in row)
        heads = heads and is_head
        cells, column, waiting = [], 0, list(row)
        while column < columns:
            left, span = below.get(column, (0, 1))
            cell = None if left else waiting.pop(0) if waiting else Cell("")
            if cell is not None:
                left, span = cell.rows, cell.columns
            below[column] = left - 1, span
            cells.append(_cell(cell, span, column, style, is_head=is_head))
            column += span
        shade = r"\rowcolor[gray]{.9}" * (style.shaded and not number)
        lines.append(f"{shade}{' & '.join(cells)}\\\\{_rules(below, columns, style, heads=heads)}")
    broken = style.breaks or len(block.rows) > LONG
    name, given = ("longtable", "") if broken else ("tabularx", r"{\textwidth}")
    bar, column = "|" * style.lines, r"p{\each}" if broken else "X"
    first, last = (r"\hline", "") if style.lines else (r"\toprule", r"\bottomrule")
    width = rf"\setlength{{\each}}{{\dimexpr\textwidth/{columns}-2\tabcolsep-2\arrayrulewidth\relax}}"
    body = "\n".join([rf"\begin{{{name}}}{given}{{{bar}{(column + bar) * columns}}}", first, *lines, last])
    return f"{{{style.size}{width}\\noindent\n{body}\n\\end{{{name}}}\n}}\n"


def _cell(cell, span, column, style, *, is_head):
    """Return a cell over some columns; None for what one from above covers. Without lines, heads stand as the numbers below."""
    wide = rf"\dimexpr{span}\each+{2 * (span - 1)}\tabcolsep+{span - 1}\arrayrulewidth\relax"
    bar = "|" * style.lines
    text = "" if cell is None else _escaped(cell.text)
    as_numbers = text.replace(".", "").isdecimal() or (is_head and column and not style.lines)
    place = style.numbers if as_numbers else r"\raggedright"
    if cell is not None and cell.rows > 1:
        text = rf"\multirow[t]{{{cell.rows}}}{{{wide}}}{{{place}\arraybackslash {text}}}"
    first = bar * (column == 0)
    return rf"\multicolumn{{{span}}}{{{first}>{{{place}\arraybackslash}}p{{{wide}}}{bar}}}{{{text}}}"


def _rules(below, columns, style, *, heads):
    """Return the lines below a row: none through a cell that goes on; without lines, those below heads alone."""
    if not style.lines:
        return "" if not heads else r"\midrule"
    free, column = [], 0
    while column < columns:
        left, span = below[column]
        free += [left == 0] * span
        column += span
    if all(free):
        return r"\hline"
    ranges = [[n for n, _ in run] for is_free, run in groupby(enumerate(free, 1), lambda pair: pair[1]) if is_free]
    return "".join(rf"\cline{{{run[0]}-{run[-1]}}}" for run in ranges)


def typeset(sources, engine, folder):
    """Have TeX set files; one for which its fonts lack a sign is not made."""
    program = "xelatex" if engine == "xelatex" else "pdflatex"
    for source in sources:
        command = [program, "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={folder}", str(source)]
        told = subprocess.run(command, check=False, capture_output=True, timeout=120)
        log = (folder / f"{source.stem}.log").read_bytes()
        if told.returncode or b"Missing character" in log or b"undefined in font" in log:
            print(source.stem, "is not made:", *re.findall(rb"(?:Missing character.*|! .*)", log)[:2])
            (folder / f"{source.stem}.pdf").unlink(missing_ok=True)
        elif engine == "untold":
            made = folder / f"{source.stem}.pdf"
            made.write_bytes(made.read_bytes().replace(b"/ToUnicode", b"/NoUnicode"))
