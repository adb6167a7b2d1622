"""Which units a county's workbook is the sum of, kept inside it: so it is known where its own units' reports lie."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.errors import BadFiling
from gk_xl.form.filing import read_summed
from gk_xl.workbook.packed import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.filing import Filing
    from gk_xl.workbook.grid import Reading

NAME: Final = "gk_xl.summed."


def summed_constants(filing: Filing) -> dict[str, str]:
    """Return the constants that carry the units of a sum; none where the filing is none."""
    if not filing.summed:
        return {}
    return packed(NAME, json.dumps(filing.summed, ensure_ascii=False, separators=(",", ":")))


def with_summed(reading: Reading, constant: Callable[[str], str | None]) -> Reading:
    """Return what was read with the units of the sum that the workbook's constants carry; none where they are lost or spoilt."""
    text = unpacked(NAME, constant)
    if text is None:
        return reading
    try:
        found = read_summed(NAME, json.loads(text))
    except (ValueError, BadFiling):
        return reading
    return replace(reading, filing=replace(reading.filing, summed=found))
