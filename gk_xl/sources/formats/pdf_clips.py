"""Where a page shows only part of a text: the clip that a spreadsheet sets round a text too long for its cell.

What lies beyond the clip is drawn but not seen. From where to where it lets a text be seen is where the cell reaches; the
label of a cell that goes on over the page's end may be drawn beyond that end, where it is not seen at all.
"""

from __future__ import annotations

from typing import Any, Final

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt

Clip = tuple[float, float]
"""From where to where a text is seen, in points from the page's left edge."""
UNSEEN: Final[Clip] = (-1.0, -1.0)
"""What is seen of a text that is drawn beyond the page's end."""
_END: Final = 1.0
"""Points by which clips that reach to the page's end may do so apart."""
_MIDDLE: Final = 0.35
"""Ems from the line on which characters stand to their middle."""
_Area = tuple[float, float, float, float]
"""What is seen of a page: from left and bottom to right and top."""


def clips_of(page: Any, *, ruled: bool) -> list[Clip | None]:
    """Return the clip of each character of one of pdfplumber's pages, in the order in which they are drawn; None for none.

    Without borders, lines of a label that are drawn above its cell are kept: they tell which it is, and stand in no other.
    [] for a page that is turned, or whose characters are not counted alike.
    """
    shown = page.page_obj
    if shown.rotate % 360:
        return []
    device = _Device(manager := page.pdf.rsrcmgr)  # it keeps the fonts that it has read
    _Interpreter(manager, device).process_page(shown)
    if len(device.found) != len(page.chars):
        return []
    bottom = min((clip[1] for clip, _ in device.found if clip), default=0.0) + _END
    top = max((clip[3] for clip, _ in device.found if clip), default=0.0) - _END
    beyond = (
        clip is not None
        and ((y < clip[1] and (ruled or clip[1] < bottom)) or (y > clip[3] and (ruled or clip[3] > top)))
        for clip, y in device.found
    )
    return [
        UNSEEN if unseen else clip and (clip[0], clip[2])
        for (clip, _), unseen in zip(device.found, beyond, strict=True)
    ]


class _Device(PDFTextDevice):
    """Counts characters; ``clip`` is the one in force."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.clip: _Area | None = None
        self.found: list[tuple[_Area | None, float]] = []  # with how high the character stands

    def render_char(self, *drawn: Any) -> float:
        """Return the width of a character: its place, font, size and scaling come first to fourth, its code sixth."""
        matrix, font, fontsize, scaling, _, cid, *_ = drawn
        _, y = apply_matrix_pt(matrix, (0, _MIDDLE * fontsize))
        self.found.append((self.clip, y))
        return float(font.char_width(cid) * fontsize * scaling)


class _Interpreter(PDFPageInterpreter):
    """Carries out a page's instructions, keeping account of clips."""

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.clip: _Area | None = None
        self.clips: list[_Area | None] = []
        self.sets_clip = False

    def do_q(self) -> None:
        super().do_q()
        self.clips.append(self.clip)

    def do_Q(self) -> None:  # noqa: N802 - the instruction's name
        super().do_Q()
        self.clip = self.clips.pop() if self.clips else None

    def do_W(self) -> None:  # noqa: N802
        self.sets_clip = True

    def do_W_a(self) -> None:  # noqa: N802
        self.sets_clip = True

    def do_n(self) -> None:
        points = [apply_matrix_pt(self.ctm, step[-2:]) for step in self.curpath if len(step) > 2]
        if self.sets_clip and points:
            xs, ys = zip(*points, strict=True)
            left, bottom, right, top = self.clip or (min(xs), min(ys), max(xs), max(ys))
            self.clip = (max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys)))
        self.sets_clip = False
        super().do_n()

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        device: Any = self.device
        device.clip = self.clip
        super().do_TJ(seq)
