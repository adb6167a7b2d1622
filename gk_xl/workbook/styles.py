"""How cells look, and which are locked. One entry a style; ``unlocked`` is what makes a cell an input."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

SONG, HEI, KAI = "宋体", "黑体", "楷体"
INPUT, TOTAL, OPEN, LABEL, BAND = "#FFF9E0", "#E3EEFA", "#FFE066", "#F0F0F0", "#1F4E79"
LINE = "#8C8C8C"
DIFFERENCE = '"多 "General;"少 "General;"✓"'
COMPUTED = "General;-General"
"""The number format of a formula that has no other: it shows what General shows, and no application ever replaces it.

A formula cell that is plainly General gets a format of its own from LibreOffice when it first comes to a number. When
that happens while the window is drawn (a conditional format asks for the number), LibreOffice splits the list of
formats that it is walking, and a window whose last row lies just there takes the whole program down.
"""

_CENTRE: dict[str, Any] = {"align": "center", "valign": "vcenter", "text_wrap": True}
_LEFT: dict[str, Any] = {"align": "left", "valign": "vcenter", "text_wrap": True}
_NUMBER: dict[str, Any] = {"align": "center", "valign": "vcenter", "shrink": True}
"""A number of a cell too narrow for it is set smaller; wrapped, it would be #### on the screen and on paper."""
_BOX: dict[str, Any] = {"border": 1, "border_color": LINE}
_OPEN: dict[str, Any] = {"locked": False}

STYLES: dict[str, dict[str, Any]] = {
    "title": {**_CENTRE, "font_name": HEI, "font_size": 16, "bold": True},
    "title_left": {**_LEFT, "font_name": HEI, "font_size": 16, "bold": True, "indent": 1},
    "subtitle": {**_CENTRE, "font_color": "#595959"},
    "subtitle_left": {**_LEFT, "font_color": "#595959", "indent": 1},
    "cover_title": {**_CENTRE, "font_name": HEI, "font_size": 24, "bold": True, "font_color": "#C00000"},
    "cover_subtitle": {**_CENTRE, "font_name": KAI, "font_size": 12, "font_color": "#595959"},
    "band": {**_LEFT, "font_name": HEI, "font_size": 12, "font_color": "#FFFFFF", "bg_color": BAND, "indent": 1},
    "band_wrap": {**_LEFT, "font_color": BAND, "bg_color": "#DDEBF7", "indent": 1},
    "label": {**_LEFT, **_BOX, "bg_color": LABEL, "font_name": HEI, "indent": 1},
    "hint": {**_LEFT, "font_color": "#7F7F7F", "font_size": 10, "indent": 1},
    "text": {**_LEFT, **_BOX, "indent": 1},
    "step": {**_CENTRE, **_BOX, "font_name": HEI, "font_color": "#0563C1", "underline": 1},
    "link": {**_LEFT, "font_color": "#0563C1", "underline": 1, "font_size": 10},
    "step_plain": {**_CENTRE, **_BOX, "font_name": HEI},
    "setting": {**_LEFT, **_BOX, **_OPEN, "bg_color": INPUT, "indent": 1},
    "setting_date": {**_LEFT, **_BOX, **_OPEN, "bg_color": INPUT, "num_format": 'yyyy"年"m"月"d"日"', "indent": 1},
    "head": {**_CENTRE, **_BOX, "bg_color": LABEL, "font_name": HEI},
    "stub": {**_CENTRE, **_BOX, "bg_color": LABEL},
    "stub_left": {**_LEFT, **_BOX, "bg_color": LABEL},
    "head_close": {**_CENTRE, **_BOX, "bg_color": LABEL, "font_name": HEI, "font_size": 10},
    "stub_close": {**_CENTRE, **_BOX, "bg_color": LABEL, "font_size": 10},
    "stub_left_close": {**_LEFT, **_BOX, "bg_color": LABEL, "font_size": 10},
    "entry": {**_NUMBER, **_BOX, **_OPEN, "bg_color": INPUT, "font_size": 12},
    "amount": {**_NUMBER, **_BOX, **_OPEN, "bg_color": INPUT, "font_size": 12},
    "total": {**_NUMBER, **_BOX, **_OPEN, "bg_color": TOTAL, "font_size": 12, "bold": True},
    "entry_locked": {**_BOX, "bg_color": INPUT},
    "total_locked": {**_BOX, "bg_color": TOTAL},
    "live_head": {**_CENTRE, "font_color": "#595959", "font_size": 10, "bottom": 3, "bottom_color": LINE},
    "live_label": {"align": "right", "valign": "vcenter", "font_color": "#595959", "font_size": 10},
    "live": {**_CENTRE, "font_color": "#595959", "font_size": 10},
    "tip": {"align": "left", "valign": "vcenter", "text_wrap": True, "font_color": "#7F7F7F", "font_size": 9},
    "tip_line": {"align": "left", "valign": "vcenter", "font_color": "#7F7F7F", "font_size": 9},
    "difference": {**_CENTRE, "font_color": "#2E7D32", "font_size": 10, "num_format": DIFFERENCE},
    "grid_head": {**_CENTRE, **_BOX, "bg_color": LABEL, "font_name": HEI},
    "grid_label": {**_LEFT, **_BOX, "indent": 1},
    "grid_cell": {**_CENTRE, **_BOX},
    "verdict": {**_CENTRE, **_BOX, "font_name": HEI, "font_size": 13, "bg_color": "#FFF2CC"},
    "shown": {**_LEFT, **_BOX, "indent": 1},
    "shown_small": {**_LEFT, **_BOX, "font_size": 9, "indent": 1},
    "number": {**_CENTRE, "font_color": "#A6A6A6", "font_size": 9},
    "paragraph": {
        "align": "left",
        "valign": "top",
        "text_wrap": True,
        **_BOX,
        **_OPEN,
        "bg_color": INPUT,
        "font_size": 12,
    },
    "kept": {"align": "left", "valign": "top", "text_wrap": True, **_BOX, **_OPEN, "bg_color": INPUT, "font_size": 9},
    "suggestion": {"align": "left", "valign": "top", "text_wrap": True, **_BOX, "bg_color": "#F3F8EF", "font_size": 10},
    "result_centre": {**_CENTRE, **_BOX},
    "result_text": {**_LEFT, **_BOX},
    "result_link": {**_CENTRE, **_BOX, "font_color": "#0563C1", "underline": 1},
    "reason": {**_LEFT, **_BOX, **_OPEN, "bg_color": INPUT},
    "level_error": {**_CENTRE, **_BOX, "bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    "level_warning": {**_CENTRE, **_BOX, "bg_color": "#FFE699", "font_color": "#7F6000", "bold": True},
    "level_hint": {**_CENTRE, **_BOX, "bg_color": "#E4DFEC", "font_color": "#403151"},
    "level_suspect": {**_CENTRE, **_BOX, "bg_color": "#C6E0B4", "font_color": "#375623", "bold": True},
    "level_open": {**_CENTRE, **_BOX, "font_color": "#7F7F7F"},
    "hidden": {"font_color": "#A6A6A6", "font_size": 9},
    "flag": {**_OPEN, "font_color": "#A6A6A6", "font_size": 9, "num_format": COMPUTED},
    "sample_red": {**_BOX, "bg_color": "#FFC7CE"},
    "sample_amber": {**_BOX, "bg_color": "#FFDDA6"},
    "sample_hint": {**_BOX, "bg_color": "#E4DFEC"},
    "sample_open": {**_BOX, "bg_color": OPEN},
}

CONDITIONS: dict[str, dict[str, Any]] = {
    "red": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "amber": {"bg_color": "#FFDDA6", "font_color": "#7F4A00"},
    "green": {"bg_color": "#E2F0D9", "font_color": "#2E7D32"},
    "flag_error": {"bg_color": "#FF8B8B", "font_color": "#7A0000", "bold": True},
    "flag_warning": {"bg_color": "#FFC266", "font_color": "#5F3A00", "bold": True},
    "flag_doubt": {"bg_color": "#9DC3E6", "font_color": "#1F3864", "italic": True},
    "done": {"bg_color": "#F7F7F7", "font_color": "#BFBFBF"},
    "flag_hint": {"bg_color": "#D9CFEA", "font_color": "#403151"},
    "open": {"bg_color": OPEN, "font_color": "#7F6000"},
}


FLAG_STYLES = {4: "flag_doubt", 3: "flag_error", 2: "flag_warning", 1: "flag_hint"}
"""How a cell looks by the level that 校验 or an import gave it; :data:`LIVE_STYLES` by the level of its live checks."""
LIVE_STYLES = {3: "red", 2: "amber", 1: "open"}


@lru_cache
def unlocked(style: str) -> bool:
    """Return whether a cell of this style may be typed into."""
    return STYLES[style].get("locked") is False
