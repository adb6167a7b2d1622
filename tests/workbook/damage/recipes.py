"""All recipes, and several one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workbook.damage.on_content import errors, online, relabelled, shifted, split
from tests.workbook.damage.on_sheets import copied, dragged, dropped, renamed
from tests.workbook.damage.on_the_form import (
    as_text,
    deleted,
    inserted,
    inserted_columns,
    names_lost,
    some_names_lost,
    styled,
)
from tests.workbook.damage.recipe import RECIPES

if TYPE_CHECKING:
    from tests.workbook.damage.recipe import Destroyed, Recipe, Scene

# ------------------------------------------------------------------------------------------------------ combinations


def chain(*recipes: Recipe) -> Recipe:
    """Several damages, one after the other."""

    def run(scene: Scene) -> Destroyed | bytes:
        gone = set[str]()
        for one in recipes:
            result = one(scene)
            if isinstance(result, bytes):
                return result
            gone |= result or set()
        return gone

    return run


COMBINED: list[tuple[str, Recipe]] = [
    ("row in, names lost", chain(inserted("t3", "middle", 1, True), names_lost(""))),
    ("column in, names lost", chain(inserted_columns("t3", 5, 1, True), names_lost(""))),
    ("row in, column in", chain(inserted("t3", "middle", 2, True), inserted_columns("t3", 6, 1, True))),
    ("drag, names lost", chain(dragged("t3", (1, 0), 1, True), names_lost(""))),
    ("drag, formats", chain(dragged("t3", (0, 1), 1, True), styled("t3", "plain"))),
    ("renamed, row in",
     chain(inserted("t3", "middle", 1, True), renamed("t3", "表3"))),
    ("renamed, names lost", chain(renamed("t3", "表3"), renamed("t4", "表4"), names_lost(""))),
    ("deleted row, names lost", chain(deleted("t3", "middle", 1), names_lost(""))),
    ("labels, row in", chain(relabelled("t3", "one"), inserted("t3", "end", 1, True))),
    ("half labels, row in", chain(relabelled("t3", "half"), inserted("t3", "middle", 1, True))),
    ("half labels, names lost", chain(relabelled("t3", "half"), names_lost(""))),
    ("shift, formats", chain(styled("t3", "plain"), shifted("t3", 1, 0, True))),
    ("shift, names lost", chain(shifted("t3", 1, 0, False), names_lost(""))),
    ("split, column in", chain(split, inserted_columns("t4", 4, 1, True))),
    ("online, row in", chain(online("names", "styles", "rules"), inserted("t3", "first", 1, True))),
    ("online, drag", chain(dragged("t3", (2, 0), 1, True), online("names", "styles", "rules", "blanks"))),
    ("text numbers, row in", chain(as_text("t3", 1.0), inserted("t3", "middle", 1, False))),
    ("two drags, row in", chain(dragged("t3", (1, 0), 2, True), inserted("t3", "middle", 1, True))),
    ("delete sheet, rename", chain(dropped("t4"), renamed("t3", "三"))),
    ("everything small", chain(styled("t2", "plain"), some_names_lost(3), dragged("t4", (0, 1), 1, True),
                               inserted("overview", "middle", 1, True), renamed("problems", "问题"))),
    ("copy, names lost", chain(copied, names_lost(""))),
    ("errors, row in", chain(errors("#REF!", 2), inserted("t3", "middle", 1, True))),
]  # fmt: skip
RECIPES += [("组合", name, function) for name, function in COMBINED]
