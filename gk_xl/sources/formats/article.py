"""Which blocks of a page are the report: the smallest element around the headings of the sections and the tables.

What stands before it is looked through for the title, and the sentences behind that, what stands after it for the signature
only: navigation, breadcrumbs, share buttons and index heads are no part of a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import Grid, Paragraph
from gk_xl.sources.identity import is_title, looks_signed
from gk_xl.sources.sections import heading_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.formats.html_blocks import Placed

SURE: Final = 0.6
"""A line that agrees so well with a heading of the form is one."""
TITLE_LINES: Final = 3
NEAR: Final = 6
"""So many blocks behind the article may still be its signature."""
_SENTENCE: Final = 20
"""So many characters a sentence between the title and the article has, at least."""


def article_of(blocks: Sequence[Placed]) -> list[Placed]:
    """Return the blocks of the report with its title and signature; all of them where no heading is found."""
    marks = [number for number, placed in enumerate(blocks) if _is_mark(placed)]
    if not marks:
        return list(blocks)
    home = _common([blocks[number][1] for number in marks])
    inside = [number for number, (_, element) in enumerate(blocks) if _within(element, home)]
    first, last = min(inside), max(inside)
    before = _title_before(blocks[:first])
    after = [placed for placed in blocks[last + 1 : last + 1 + NEAR] if _is_signed(placed)]
    own = [blocks[number] for number in inside]
    return [*([] if _title_before(own[:20]) else before), *own, *after]


def marks_of(blocks: Sequence[Placed]) -> int:
    """Return how many headings of sections and tables of the form stand among blocks, and over the width of a table."""
    wide = (
        box.text for block, _ in blocks if isinstance(block, Grid) for box in block.boxes if box.columns == block.width
    )
    return sum(map(_is_mark, blocks)) + sum(map(_is_heading, wide))


def _is_mark(placed: Placed) -> bool:
    block, _ = placed
    if isinstance(block, Grid):
        return block.height > 1 and block.width > 1 and _is_of_the_form(block)
    return _is_heading(block.text)


def _is_heading(text: str) -> bool:
    return heading_score(text, edition_in_force()) >= SURE


def _is_of_the_form(grid: Grid) -> bool:
    from gk_xl.sources.labels import fold
    from gk_xl.sources.sections import table_labels

    return sum(fold(box.text) in table_labels() for box in grid.boxes) >= 3


def _title_before(blocks: Sequence[Placed]) -> list[Placed]:
    """Return the last title among blocks: one paragraph, or two or three that make one; behind it whole sentences."""
    for end in range(len(blocks), 0, -1):
        for count in range(1, min(TITLE_LINES, end) + 1):
            own = blocks[end - count : end]
            texts = [block.text for block, _ in own if isinstance(block, Paragraph)]
            if len(texts) == count and is_title("".join(texts)):
                return [*own, *filter(_is_sentence, blocks[end:])]
    return []


def _is_sentence(placed: Placed) -> bool:
    block, _ = placed
    return isinstance(block, Paragraph) and len(block.text) >= _SENTENCE and block.text.rstrip().endswith("。")


def _is_signed(placed: Placed) -> bool:
    block, _ = placed
    return isinstance(block, Paragraph) and looks_signed(block.text)


def _chain(element: Any) -> list[Any]:
    return [*reversed(list(element.iterancestors())), element]


def _common(elements: Sequence[Any]) -> Any:
    """Return the smallest element that holds all of these."""
    chains = [_chain(element) for element in elements]
    common = chains[0][0]
    for level in zip(*chains, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    # A heading alone in its own element: the article is what the element stands in.
    return common.getparent() if len(elements) == 1 and common.getparent() is not None else common


def _within(element: Any, home: Any) -> bool:
    return element is home or any(above is home for above in element.iterancestors())
