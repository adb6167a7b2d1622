"""PDF files made without an application: text and rules at their places, and reports set in layouts of several makers."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


def wide(sign):
    return 1.0 if ord(sign) > 0x2000 else 0.5


def width(text, size):
    return sum(wide(sign) for sign in text) * size


class Paper:
    """A PDF in the making; places in points from the upper left corner."""

    def __init__(self):
        self.pages = [[]]
        self.sheet = (WIDTH, HEIGHT)

    def turn(self):
        self.pages.append([])

    def text(self, x, y, size, text, *, spread=0.0):
        """Print a text with its upper left corner at a place; ``spread`` points between its characters."""
        codes = "".join(f"{ord(sign):04x}" for sign in text)
        self.pages[-1].append(
            f"BT /F {size} Tf {spread} Tc 1 0 0 1 {x:.2f} {HEIGHT - y - 0.88 * size:.2f} Tm <{codes}> Tj ET"
        )

    def rule(self, x0, y0, x1, y1):
        self.pages[-1].append(f"0.5 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def dashes(self, x0, y0, x1, y1):
        """Draw a line as browsers draw dashed borders: an area for each dash."""
        step, long, thick = 3.6, 2.2, 0.7
        upright = x0 == x1
        for number in range(int(((y1 - y0) if upright else (x1 - x0)) / step) + 1):
            x, y = (x0, y0 + number * step) if upright else (x0 + number * step, y0)
            across, down = (thick, long) if upright else (long, thick)
            self.pages[-1].append(f"{x:.2f} {HEIGHT - y - down:.2f} {across} {down} re f")

    def two_up(self, *, framed):
        """Print the pages two by two on sheets that lie across, ``framed`` or not."""
        small, half = WIDTH / HEIGHT, HEIGHT / 2
        sides = [
            "\n".join((f"q {small} 0 0 {small} {half * (number % 2)} 0 cm", *page, "0 0 595 842 re S" if framed else "", "Q"))
            for number, page in enumerate(self.pages)
        ]  # fmt: skip
        self.pages = [sides[at : at + 2] for at in range(0, len(sides), 2)]
        self.sheet = (HEIGHT, WIDTH)

    def data(self, *, trailer="", image_only=False, untold="", turned=0):
        """Return the file; its font does not say which characters the ``untold`` are.

        Pages lie on their sheets so that they stand upright once they are ``turned`` by so many degrees clockwise.
        """
        lie, wide, high = {
            0: ("", *self.sheet),
            90: (f"0 1 -1 0 {HEIGHT} 0 cm\n", HEIGHT, WIDTH),
            180: (f"-1 0 0 -1 {WIDTH} {HEIGHT} cm\n", WIDTH, HEIGHT),
            270: (f"0 -1 1 0 0 {WIDTH} cm\n", HEIGHT, WIDTH),
        }[turned]
        bodies = ["<< /Type /Catalog /Pages 2 0 R >>"]
        first = 7
        kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(self.pages)))
        bodies.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>")
        latin = " ".join("500" for _ in range(0x20, 0x7F))
        bodies.append(
            "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        )
        bodies.append(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            f"/Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 /W [32 [{latin}]] >>"
        )
        drawn = re.findall(r"<((?:[0-9a-f]{4})+)>", "\n".join(line for page in self.pages for line in page))
        used = {codes[at : at + 4] for codes in drawn for at in range(0, len(codes), 4)}
        known = [f"<{code}> <{code}>\n" for code in sorted(used - {f"{ord(sign):04x}" for sign in untold})]
        cmap = "\n".join(
            f"{len(part)} beginbfchar\n{''.join(part)}endbfchar"
            for part in (known[n : n + 100] for n in range(0, len(known), 100))
        )
        bodies.append(
            stream_of(
                f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{cmap}\nendcmap end end"
            )
        )
        bodies.append(
            "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
        )
        for number, page in enumerate(self.pages):
            bodies.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:g} {high:g}] /Rotate {turned} /Contents {first + 2 * number + 1} 0 R "
                "/Resources << /Font << /F 3 0 R >> /ExtGState << /Pale << /ca 0.3 >> /Clear << /ca 0 >> >> >> >>"
            )
            picture = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q" if image_only else ""
            bodies.append(stream_of(picture or lie + "\n".join(page)))
        return file_of(bodies, trailer)


def stream_of(text):
    data = zlib.compress(text.encode("latin-1"))
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def file_of(bodies, trailer):
    made, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(made)


@dataclass
class Setting:
    """How a report is set: what makers of PDF files differ in."""

    size: float = 14.0
    left: float = 80.0
    right: float = 515.0
    pitch: float = 24.0
    ruled: str = "all"
    """all, open (no outer uprights), dashed, none"""
    justified: bool = False
    indent: float = 2.0
    gap: float = 0.0
    """additional points between paragraphs"""
    number: str = "— {} —"
    head: str = ""
    repeat_heads: bool = False
    narrow: bool = False
    """labels wrapped at a few characters"""
    at_top: bool = False
    """texts at the top of their cells, not in the middle"""
    table_size: float = 9.0
    per_page: float = 760.0
    spread_title: bool = False
    centred: bool = True
    untold: str = ""
    turned: int = 0
    """degrees by which the pages are turned upright"""
    two_up: str = ""
    """two pages on a sheet, framed or not"""
    new_pages: tuple[str, ...] = ()
    """the sections that begin a page"""


@dataclass
class Setter:
    """Sets one report on paper."""

    setting: Setting
    paper: Paper = field(default_factory=Paper)
    y: float = 90.0
    page: int = 1
    cut: dict = field(default_factory=dict)
    """lines of a cell that go on behind a page break"""

    def finish(self):
        self._foot()
        if self.setting.two_up:
            self.paper.two_up(framed=self.setting.two_up == "framed")
        return self.paper.data(untold=self.setting.untold, turned=self.setting.turned)

    def _foot(self):
        setting = self.setting
        if setting.number:
            text = setting.number.format(self.page)
            x = (WIDTH - width(text, 10)) / 2 if setting.centred else setting.right - 40
            self.paper.text(x, 790, 10, text)
        if setting.head:
            self.paper.text(setting.left, 45, 9, setting.head)

    def turn(self):
        self._foot()
        self.paper.turn()
        self.page += 1
        self.y = 90.0

    def line(self, text, *, x=None, size=None, spread=0.0, step=None):
        if self.y > self.setting.per_page - 20:
            self.turn()
        self.paper.text(self.setting.left if x is None else x, self.y, size or self.setting.size, text, spread=spread)
        self.y += step or self.setting.pitch

    def title(self, text):
        shown = " ".join(text) if self.setting.spread_title else text
        size = 18 if width(shown, 18) < self.setting.right - self.setting.left else 12
        self.line(shown, x=(WIDTH - width(shown, size)) / 2, size=size, step=40)

    def paragraph(self, text, *, indent=None):
        """Set a paragraph line by line: no mark begins a line, no number or word is parted."""
        setting = self.setting
        room = setting.right - setting.left
        first = (setting.indent if indent is None else indent) * setting.size
        lines, own, at = [], "", first
        for piece in _pieces(text):
            step = width(piece, setting.size)
            if own and at + step > room:
                lines.append(own)
                own, at = piece.lstrip(" "), width(piece.lstrip(" "), setting.size)
            else:
                own, at = own + piece, at + step
        lines.append(own)
        for number, shown in enumerate(lines):
            begin = 0 if number else first
            short = room - begin - width(shown, setting.size)
            last = number == len(lines) - 1
            spread = short / max(1, len(shown) - 1) if setting.justified and not last else 0.0
            self.line(shown, x=setting.left + begin, spread=spread)
        self.y += setting.gap

    def table(self, table, cells):
        """Set a table of an edition: numbers of ``cells``, rows parted by pages between them."""
        size, setting = self.setting.table_size, self.setting
        room = setting.right - setting.left
        labels = max((item.column + item.columns for item in table.grid if not item.cell and item.line == 3), default=0)
        labels = {"t2": 1, "t3": 3}.get(table.id, 0)
        shares = [1.0] * table.width
        for column in range(labels):
            shares[column] = {1: [2.0], 3: [0.6, 1.2, 3.0] if not setting.narrow else [0.5, 0.9, 1.8]}[labels][column]
        unit = room / sum(shares)
        borders = [setting.left]
        for share in shares:
            borders.append(borders[-1] + share * unit)
        items = list(table.grid)
        wrapped = {}
        heights = [size + 8] * table.lines
        for item in items:
            text = str(cells.get(item.cell, "")) if item.cell else item.text
            text = "" if text == "None" else text
            space = borders[item.column + item.columns] - borders[item.column] - 6
            each = max(1, int(space // size))
            lines, own = [], ""
            for piece in _pieces(text) if item.cell else text:
                if own and width(own + piece, size) > space:
                    lines.append(own)
                    own = ""
                own += piece
            wrapped[item] = [line for line in [*lines, own] if line]
            del each
            need = len(wrapped[item]) * (size + 2) + 6
            if item.lines == 1:
                heights[item.line] = max(heights[item.line], need)
        for item in items:
            have = sum(heights[item.line : item.line + item.lines])
            need = len(wrapped[item]) * (size + 2) + 6
            if item.lines > 1 and need > have:
                heights[item.line + item.lines - 1] += need - have
        self._rows(table, items, wrapped, heights, borders)

    def _rows(self, table, items, wrapped, heights, borders):
        first = 0
        heads = 1 + max((item.line for item in items if item.head), default=-1) if hasattr(items[0], "head") else 0
        while first < table.lines:
            end, y = first, self.y
            while end < table.lines and y + heights[end] <= self.setting.per_page:
                y += heights[end]
                end += 1
            if end == first:
                self.turn()
                continue
            while (
                end < table.lines
                and end > first + 1
                and any(i.line == end - 1 and i.lines == 1 and i.columns == table.width for i in items)
            ):
                end -= 1
            self._part(items, wrapped, heights, borders, first, end)
            first = end
            if first < table.lines:
                self.turn()
                if self.setting.repeat_heads and heads:
                    self._part(items, wrapped, heights, borders, 0, heads)

    def _part(self, items, wrapped, heights, borders, first, end):
        size, setting = self.setting.table_size, self.setting
        tops = [self.y]
        for height in heights[first:end]:
            tops.append(tops[-1] + height)
        for item in items:
            top, bottom = max(item.line, first), min(item.line + item.lines, end)
            if top >= bottom:
                continue
            x0, x1 = borders[item.column], borders[item.column + item.columns]
            y0, y1 = tops[top - first], tops[bottom - first]
            outer = (x0 == borders[0], x1 == borders[-1])
            if setting.ruled != "none":
                rule = self.paper.dashes if setting.ruled == "dashed" else self.paper.rule
                for y in (y0, y1):
                    rule(x0, y, x1, y)
                for x, edge in ((x0, outer[0]), (x1, outer[1])):
                    if not (edge and setting.ruled == "open"):
                        rule(x, y0, x, y1)
            left = wrapped[item] if item.line >= first else self.cut.pop(item, [])
            over = item.line + item.lines > end
            shown = left[: int((y1 - y0) // (size + 2))] if over else left
            if over:
                self.cut[item] = left[len(shown) :]
            y = y0 + (3 if setting.at_top else max(3, (y1 - y0 - len(shown) * (size + 2)) / 2))
            for text in shown:
                x = x0 + (x1 - x0 - width(text, size)) / 2
                self.paper.text(x, y, size, text)
                y += size + 2
        self.y = tops[-1] + 10


def _pieces(text):
    """Yield what a line may be parted between."""
    own = ""
    for sign in text:
        word = own and own[-1].isascii() and own[-1] != " " and sign.isascii() and sign != " "
        if own and not (word or sign in "，。、；：！？）》〉”’" or own in "（《〈“‘〔"):
            yield own
            own = ""
        own += sign
    if own:
        yield own


def report(filing, setting=None, paper=None):
    """Return a report as a PDF."""
    setter = Setter(setting or Setting(), paper or Paper())
    form = filing.form
    setter.title(form.title(filing.unit.name, filing.year))
    for text in filing.paragraphs("preamble"):
        setter.paragraph(text)
    tables = {table.id: table for table in form.tables}
    for section in form.sections:
        if section.id in setter.setting.new_pages:
            setter.turn()
        setter.paragraph(section.heading)
        if section.table:
            setter.table(tables[section.table], filing.cells)
        for text in filing.paragraphs(section.narrative) if section.narrative else ():
            setter.paragraph(text)
    if filing.signed.name:
        year, month, day = filing.signed.date.split("-")
        for text in (filing.signed.name, f"{year}年{int(month)}月{int(day)}日"):
            setter.line(text, x=setter.setting.right - width(text, setter.setting.size) - 28)
    return setter.finish()
