"""The steps of a random walk through a workbook: what a clerk may do, in any order, drawn by a seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.workbook.build import content_for
from tests.real_apps.desk import right

if TYPE_CHECKING:
    from gk_xl.workbook.layout import Place

NUMBERS = ("0", "1", "4", "14", "7.5", "-3", "12件", "３", "100000", "=1+2", "2025-1-2")
SIGNED = ("2026-1-5", "2026年1月10日", "示例甲", "示例乡人民政府")
TEXTS = ("2025年，我乡收到政府信息公开申请3件。", "（一）主动公开", "示例乡人民政府", "1")

WRITTEN = ("slip.verdict", "slip.at", "slip.reasons", "slip.fingerprint", "slip.parts")
"""What 报送单 writes itself."""
ACROSS, DOWN = (300, 1200), (340, 660)  # where cells are on the screen


class Step(NamedTuple):
    """One thing that a clerk does: what, and with what."""

    kind: str
    words: tuple[Any, ...] = ()


def walk(seed: int, count: int) -> list[Step]:
    """Return so many steps, the same for the same seed."""
    chance = random.Random(seed)
    places = content_for(right()).layout.names
    tables = [place for name, place in places.items() if name.startswith(("t2.", "t3.", "t4."))]
    other = [place for name, place in places.items() if name.startswith(("last.t3", "narrative.", "unit", "contact"))]
    signed = [place for name, place in places.items() if name.startswith(("signed.", "slip.")) and name not in WRITTEN]
    kinds = {
        number: 14, blank: 8, words: 4, paste: 4, move: 4, drag: 4, scroll: 6, turn: 5, undo: 14, redo: 7, press: 26, save: 2, sign: 2,
    }  # fmt: skip
    makers, weights = list(kinds), list(kinds.values())
    steps = (chance.choices(makers, weights)[0] for _ in range(count))
    return [make(chance, tables, signed if make is sign else other) for make in steps]


Places = list["Place"]


def number(chance: random.Random, tables: Places, _other: Places) -> Step:
    place = chance.choice(tables)
    return Step("type", (place.sheet, place.address, chance.choice(NUMBERS)))


def blank(chance: random.Random, tables: Places, _other: Places) -> Step:
    place = chance.choice(tables)
    rows, columns = chance.choice(((1, 1), (1, 1), (2, 1), (1, 3)))
    return Step("delete", (place.sheet, f"{place.address}:{place.down(rows - 1).right(columns - 1).address}"))


def words(chance: random.Random, _tables: Places, other: Places) -> Step:
    place = chance.choice(other)
    return Step("enter", (place.sheet, place.address, chance.choice(TEXTS)))


def sign(chance: random.Random, _tables: Places, signed: Places) -> Step:
    place = chance.choice(signed)
    return Step("type", (place.sheet, place.address, chance.choice(SIGNED)))


def paste(chance: random.Random, tables: Places, _other: Places) -> Step:
    place = chance.choice(tables)
    rows, columns = chance.choice(((1, 1), (3, 2), (5, 7), (25, 7)))
    table = tuple(tuple(str(chance.randrange(9)) for _ in range(columns)) for _ in range(rows))
    return Step("paste", (place.sheet, place.address, table))


def move(chance: random.Random, tables: Places, _other: Places) -> Step:
    place = chance.choice(tables)
    target = chance.choice([other for other in tables if other.sheet == place.sheet])
    return Step("move", (place.sheet, place.address, target.address, chance.choice(("ctrl+c", "ctrl+c", "ctrl+x"))))


def drag(chance: random.Random, tables: Places, _other: Places) -> Step:
    """Dragged is what lies there on the screen, whichever cells that be: one, or two side by side."""
    spots = [(chance.randrange(*ACROSS), chance.randrange(*DOWN)) for _ in range(2)]
    return Step("drag", (chance.choice(tables).sheet, *spots, chance.choice((0, 0, 0, 70))))


def scroll(chance: random.Random, tables: Places, _other: Places) -> Step:
    return Step("scroll", (chance.choice(tables).sheet, chance.randrange(34)))


def turn(chance: random.Random, *_: Places) -> Step:
    return Step("turn", (chance.choice(("Next", "Prior")), chance.randrange(1, 4)))


def undo(chance: random.Random, *_: Places) -> Step:
    return Step("undo", (chance.choice((1, 1, 1, 2, 5)),))


def redo(chance: random.Random, *_: Places) -> Step:
    return Step("redo", (chance.choice((1, 1, 2, 5)),))


def press(chance: random.Random, *_: Places) -> Step:
    weights = {
        "校验": 9,
        "采纳建议": 5,
        "合计": 5,
        "一键补零": 3,
        "清除标记": 3,
        "全部采纳": 3,
        "下一处": 3,
        "上一处": 1,
        "报送单": 2,
        "台账汇入": 1,
        "载入上年": 1,
        "导入报告": 2,
        "修复": 1,
        "汇总": 1,
        "退回单": 1,
        "关于": 1,
        "导出报告": 1,
    }
    label = chance.choices(list(weights), list(weights.values()))[0]
    answer = chance.choice(("Yes", "Yes", "No")) if label != "导出报告" else "No"
    return Step("press", (label, answer, chance.randrange(8)))


def save(chance: random.Random, *_: Places) -> Step:
    return Step(chance.choice(("save", "reopen")))
