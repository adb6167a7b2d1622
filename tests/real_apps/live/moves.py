"""What a clerk may drag where: pairs of input cells, the edges of every range among them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from gk_xl.workbook.build import content_for
from tests.real_apps.live.fillings import blank

if TYPE_CHECKING:
    from gk_xl.workbook.layout import Place

MOVES = 8


def moves(edition_id: str, seed: int) -> list[tuple[Place, Place]]:
    """Return moves of one input onto another of the same sheet: corners first, then some by chance.

    A cell that was dragged away is locked from then on (its format went along), so it is not used again. Merged cells
    are left out: applications refuse to drop anything on a part of one.
    """
    dice, content = random.Random(seed), content_for(blank(edition_id))
    names, chosen = content.layout.names, []
    for table in content.edition.tables:
        places = [names[item.cell] for item in table.grid if item.cell and item.columns == 1]
        corners = [places[0], places[-1], max(places, key=lambda place: (place.column, -place.row))]
        others = [place for place in places if place not in corners]
        left = set(places)
        for source in dict.fromkeys((*corners, *dice.sample(others, min(MOVES, len(others) // 2)))):
            left.remove(source)
            chosen.append((source, dice.choice(sorted(left))))
    return [*chosen, (names["unit.kind"], names["unit.self"]), (names["year"], names["contact"])]
