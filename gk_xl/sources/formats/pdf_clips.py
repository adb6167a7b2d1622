"""How a page's instructions draw each thing: in which order, how it shows through, and the clip that a sheet sets round a cell.

What lies beyond the clip is drawn but not seen. From where to where it lets a text be seen is where the cell reaches; the
label of a cell that goes on over the page's end may be drawn beyond that end, where it is not seen at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from gk_xl.sources.formats.pdf_windows import Window, box_of, through

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Clip = tuple[float, float]
"""From where to where a text is seen, in points from the page's left edge."""
UNSEEN: Final[Clip] = (-1.0, -1.0)
"""What is seen of a text that is drawn beyond the page's end."""
_END: Final = 1.0
"""Points by which clips that reach to the page's end may do so apart."""
_MIDDLE: Final = 0.35
"""Ems from the line on which characters stand to their middle."""
_NO_INK: Final = (3, 7)
"""The ways of drawing a text in which nothing is painted."""
_Area = tuple[float, float, float, float]
"""What is seen of a page: from left and bottom to right and top."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a thing is drawn: its place in the order, how much of it shows (0 to 1), the clip, how high a character stands.

    ``window`` is what all clips and forms let be seen there; the clip is what the cell of a sheet does.
    """

    order: int
    shows: float
    watermark: bool
    clip: _Area | None = None
    y: float = 0.0
    window: Window | None = None


def with_drawing(page: Any) -> None:
    """Have one of pdfplumber's pages, whenever it is parsed, tell of each thing how it is ``drawn``."""
    parse, process = page.parse_objects, page.process_object

    def parsed() -> Any:
        device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
        _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
        page._layout = device.get_result()  # noqa: SLF001 - where pdfplumber looks for it
        return parse()

    def processed(thing: Any) -> dict[str, Any]:
        return {**process(thing), "drawn": getattr(thing, "drawn", None)}

    page.parse_objects, page.process_object = parsed, processed


def clips_of(page: Any, *, ruled: bool) -> list[Clip | None]:
    """Return the clip of each character of one of pdfplumber's pages, in the order in which they are drawn; None for none.

    Without borders, lines of a label that are drawn above its cell are kept: they tell which it is, and stand in no other.
    [] for a page that is turned.
    """
    if page.page_obj.rotate % 360:
        return []
    found = [char["drawn"] for char in page.chars]
    bottom = min((own.clip[1] for own in found if own.clip), default=0.0) + _END
    top = max((own.clip[3] for own in found if own.clip), default=0.0) - _END
    beyond = (
        own.clip is not None
        and (
            (own.y < own.clip[1] and (ruled or own.clip[1] < bottom))
            or (own.y > own.clip[3] and (ruled or own.clip[3] > top))
        )
        for own in found
    )
    return [
        UNSEEN if unseen else own.clip and (own.clip[0], own.clip[2]) for own, unseen in zip(found, beyond, strict=True)
    ]


class _Device(PDFPageAggregatorWithMarkedContent):
    """Lays a page out; ``clip``, ``shows`` and ``inked`` are those in force."""

    clip: _Area | None = None
    shows = 1.0
    inked = True
    watermark = False
    count = 0
    window: Window | None = None
    form: Sequence[float] | None = None  # how far the form that begins reaches

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Note how far a form reaches."""
        super().begin_figure(name, bbox, matrix)
        self.form = bbox

    def end_figure(self, name: str) -> None:
        """Note that it ends."""
        super().end_figure(name)
        self.form = None

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Note whether what follows says that it is a watermark."""
        super().begin_tag(tag, props)
        said = resolve1(props.get("Subtype")) if isinstance(props, dict) else None
        self.watermark = isinstance(said, PSLiteral) and said.name == "Watermark"

    def end_tag(self) -> None:
        """Note that it ends."""
        super().end_tag()
        self.watermark = False

    def render_char(self, *drawn: Any, **more: Any) -> float:
        """Return the width of a character: its place and size come first and third."""
        width = float(super().render_char(*drawn, **more))
        matrix, _, size, *_ = drawn
        self._tell(self.shows * self.inked, apply_matrix_pt(matrix, (0, _MIDDLE * size))[1])
        return width

    def render_image(self, *drawn: Any, **more: Any) -> None:
        """Lay out a picture."""
        super().render_image(*drawn, **more)
        self._tell(self.shows)

    def paint_path(self, *drawn: Any, **more: Any) -> None:
        """Lay out lines and areas; of a path that is none nothing."""
        before = len(self.cur_item._objs)  # noqa: SLF001 - as pdfplumber finds what was laid out last
        super().paint_path(*drawn, **more)
        if len(self.cur_item._objs) > before:  # noqa: SLF001
            self._tell(self.shows)

    def _tell(self, shows: float, y: float = 0.0) -> None:
        self.count += 1
        thing: Any = self.cur_item._objs[-1]  # noqa: SLF001
        thing.drawn = Drawn(self.count, shows, self.watermark, self.clip, y, self.window)


class _Interpreter(PDFPageInterpreter):
    """Carries out a page's instructions, keeping account of clips and of what shows through; a form begins with its page's."""

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        device: Any = self.device
        self.clip: _Area | None = device.clip
        self.shows: float = device.shows
        self.window: Window | None = device.window
        if device.form is not None:
            self.window = through(self.window, box_of(device.form), ctm, even_odd=False)
            device.form, device.window = None, self.window
        self.kept: list[tuple[_Area | None, float, Window | None]] = []
        self.sets_clip = self.even_odd = False

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the instruction's name
        super().do_Do(xobjid_arg)
        self._in_force()

    def do_q(self) -> None:
        super().do_q()
        self.kept.append((self.clip, self.shows, self.window))

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self.kept:
            self.clip, self.shows, self.window = self.kept.pop()
        self._in_force()

    def do_gs(self, name: Any) -> None:
        super().do_gs(name)
        states = resolve1((self.resources or {}).get("ExtGState")) or {}
        state = resolve1(states.get(literal_name(name)))
        shows = resolve1(state.get("ca")) if isinstance(state, dict) else None
        if isinstance(shows, int | float):
            self.shows = float(shows)
        self._in_force()

    def do_W(self) -> None:  # noqa: N802
        self.sets_clip, self.even_odd = True, False

    def do_W_a(self) -> None:  # noqa: N802
        self.sets_clip = self.even_odd = True

    def do_n(self) -> None:
        points = [apply_matrix_pt(self.ctm, step[-2:]) for step in self.curpath if len(step) > 2]
        if self.sets_clip and points:
            xs, ys = zip(*points, strict=True)
            left, bottom, right, top = self.clip or (min(xs), min(ys), max(xs), max(ys))
            self.clip = (max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys)))
        self._ends(super().do_n)

    def do_S(self) -> None:  # noqa: N802
        self._ends(super().do_S)

    def do_f(self) -> None:
        self._ends(super().do_f)

    def do_f_a(self) -> None:
        self._ends(super().do_f_a)

    def do_B(self) -> None:  # noqa: N802
        self._ends(super().do_B)

    def do_B_a(self) -> None:  # noqa: N802
        self._ends(super().do_B_a)

    def _ends(self, paint: Callable[[], None]) -> None:
        """Paint a path; one that clips does so for what follows."""
        path = self.curpath
        paint()
        if self.sets_clip:
            self.window = through(self.window, path, self.ctm, even_odd=self.even_odd)
        self.sets_clip = False
        self._in_force()

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        device: Any = self.device
        device.inked = self.textstate.render not in _NO_INK
        super().do_TJ(seq)

    def _in_force(self) -> None:
        device: Any = self.device
        device.clip, device.shows, device.window = self.clip, self.shows, self.window
