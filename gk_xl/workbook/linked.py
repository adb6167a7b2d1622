"""Which numbers of the text come from the tables, kept inside a workbook; the text itself shows numbers only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import rule
from gk_xl.form.links import Link, changed_words
from gk_xl.workbook.packed import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gk_xl.form.finding import Finding
    from gk_xl.workbook.grid import Reading

NAME: Final = "gk_xl.links."
BEHIND: Final = "I-15"


def link_constants(links: Sequence[Link]) -> dict[str, str]:
    """Return the constants that carry links; none where there are none."""
    if not links:
        return {}
    data = [[link.template, *link.numbers] for link in links]
    return packed(NAME, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def carried_links(constant: Callable[[str], str | None]) -> tuple[Link, ...]:
    """Return the links that a workbook's constants carry; none where they are lost or spoilt: the text stands as it reads."""
    text = unpacked(NAME, constant)
    if text is None:
        return ()
    try:
        return tuple(
            Link(template, tuple(numbers))
            for template, *numbers in json.loads(text)
            if isinstance(template, str) and all(isinstance(number, str) for number in numbers)
        )
    except (ValueError, TypeError):
        return ()


def behind_findings(reading: Reading) -> Iterator[Finding]:
    """Yield what a check says of linked sentences in a file that still show numbers the tables no longer have."""
    for part, number, typed, now in reading.behind():
        if (
            typed == reading.filing.paragraphs(part)[number]
        ):  # names that the clerk typed; the report bears their numbers
            continue
        old, new = changed_words(typed, now)
        place = f"narrative.{part}.{number + 1}"
        yield rule(BEHIND).finding({"found": old, "wanted": new}, (), excerpt=old, place=place)
