"""What is damaged of the form in an open workbook, and what is said of it: what was restored, what could not be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.workbook.build import rectangles
from gk_xl.workbook.plan import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gk_xl.engines.core.dressing import Area
    from gk_xl.workbook.layout import Place

Cell = tuple[int, int]
NAMED, AREAS = 3, 4  # so many moved cells, and areas, one sentence names


@dataclass
class Damage:
    """What is damaged in a workbook: cells by sheet, names, and sheets whose rows or columns moved."""

    cells: dict[str, set[Cell]] = field(default_factory=dict)
    bare: dict[str, set[Cell]] = field(default_factory=dict)  # of these, without conditional formats
    free: dict[str, set[Cell]] = field(default_factory=dict)  # of these, without validation, or with another cell's
    open: dict[str, set[Cell]] = field(default_factory=dict)  # labels and formulas without their lock
    plain: dict[str, list[tuple[Area, str]]] = field(
        default_factory=dict
    )  # formulas without a number format, and theirs
    dated: dict[str, list[tuple[Area, str]]] = field(default_factory=dict)  # inputs that show a number as a date
    joined: dict[str, set[Area]] = field(default_factory=dict)  # areas that were merged
    parted: dict[str, set[Area]] = field(default_factory=dict)  # merged areas that were taken apart
    names: dict[str, Place] = field(default_factory=dict)
    dragged: list[tuple[Place, Place]] = field(default_factory=list)
    shifted: list[str] = field(default_factory=list)
    from_earlier: bool = False  # the workbook was made from an earlier template

    @property
    def is_mendable(self) -> bool:
        """Whether anything can be restored here."""
        return bool(self.cells or self.open or self.plain or self.dated or self.names)


def told(damage: Damage) -> str:
    """Return what was restored and what could not be, in a sentence each."""
    said = []
    count = sum(map(len, damage.cells.values()))
    if count:
        said.append(f"已恢复 {count} 格的格式（{_shown(damage.cells)}），填的内容没有改动。")
    if damage.joined:
        said.append(f"已拆开后来合并的格（{_listed(damage.joined)}），压在下面的数露出来了，请核对。")
    if damage.parted:
        said.append(f"已重新合并拆开的格（{_listed(damage.parted)}）。")
    if damage.open:
        shown = _shown(damage.open)
        said.append(f"已重新锁定 {sum(map(len, damage.open.values()))} 格印定的文字和公式（{shown}）。")
    if damage.plain and damage.from_earlier:
        said.append("这本工作簿是旧模板，已给自动计算的格补上数字格式，显示不变（没有它，LibreOffice 可能意外退出）。")
    elif damage.plain:
        blocks = {title: [block for block, _ in held] for title, held in damage.plain.items()}
        said.append(f"已给自动计算的格（{_listed(blocks)}）补上数字格式，显示不变。")
    if damage.dated:
        blocks = {title: [block for block, _ in held] for title, held in damage.dated.items()}
        said.append(f"有的格把数显示成了日期（{_listed(blocks)}），已改回数字显示，填的内容没有改动。")
    if damage.names and not count:
        said.append(f"已把 {len(damage.names)} 个单元格名称改回原处，填的内容没有改动。")
    if damage.dragged:
        pairs = [f"“{old.sheet}”{old.address} 移到了 {new.address}" for old, new in damage.dragged]
        more = f"等 {len(pairs)} 处" if len(pairs) > NAMED else ""
        said.append(f"有的格移动过：{'；'.join(pairs[:NAMED])}{more}，被盖住的数没有了，请核对这几格。")
    if damage.shifted:
        titles = "”“".join(damage.shifted)
        said.append(f"“{titles}”插入或删除过行、列，或印定的文字被改，这里恢复不了，请点“修复”。")
    return "".join(said)


def _shown(cells: Mapping[str, set[Cell]]) -> str:
    """Return the areas that cells fill, a few of them by name."""
    return _listed({title: rectangles(tuple(held)) for title, held in cells.items()})


def _listed(found: Mapping[str, Iterable[Area]]) -> str:
    """Return areas by sheet and address, a few of them by name."""
    areas = [f"“{title}”{cells_of(*area)}" for title, held in found.items() for area in sorted(held)]
    return "、".join(areas[:AREAS]) + ("等" if len(areas) > AREAS else "")
