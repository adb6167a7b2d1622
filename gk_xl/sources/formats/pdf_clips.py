"""Where a page shows only part of a text: the clip that a spreadsheet sets round a text too long for its cell.

What lies beyond the clip is drawn but not seen. From where to where it lets a text be seen is where the cell reaches.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt

Clip = tuple[float, float]
"""From where to where a text is seen, in points from the page's left edge."""


def clips_of(page: Any) -> list[Clip | None]:
    """Return the clip of each character of one of pdfplumber's pages, in the order in which they are drawn; None for none.

    [] for a page that is turned, or whose characters are not counted alike.
    """
    shown = page.page_obj
    if shown.rotate % 360:
        return []
    device = _Device(manager := page.pdf.rsrcmgr)  # it keeps the fonts that it has read
    _Interpreter(manager, device).process_page(shown)
    return device.found if len(device.found) == len(page.chars) else []


class _Device(PDFTextDevice):
    """Counts characters; ``clip`` is the one in force."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.clip: Clip | None = None
        self.found: list[Clip | None] = []

    def render_char(self, *drawn: Any) -> float:
        """Return the width of a character: its font, size and scaling come second to fourth, its code sixth."""
        _, font, fontsize, scaling, _, cid, *_ = drawn
        self.found.append(self.clip)
        return float(font.char_width(cid) * fontsize * scaling)


class _Interpreter(PDFPageInterpreter):
    """Carries out a page's instructions, keeping account of clips."""

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.clip: Clip | None = None
        self.clips: list[Clip | None] = []
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
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            self.clip = (max(left, self.clip[0]), min(right, self.clip[1])) if self.clip else (left, right)
        self.sets_clip = False
        super().do_n()

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        device: Any = self.device
        device.clip = self.clip
        super().do_TJ(seq)
