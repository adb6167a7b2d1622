"""What a repair says of itself: what was moved, what is doubtful, what is lost. Values, told in Chinese by ``lines``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.schema import Value
    from gk_xl.workbook.layout import Place

LISTED = 30  # so many places a list names one by one


@dataclass(frozen=True)
class Doubt:
    """A value that a person must look at. ``lost`` where nothing could be put into the cell."""

    name: str
    reason: str
    value: Value = None
    lost: bool = False

    def text(self, place: Place) -> str:
        """Return the doubt as a line: which cell, what was put in, why it is doubtful."""
        put = "没有找回，空着" if self.lost else ("空着" if self.value is None else f"填的是 {show(self.value)}")
        return f"“{place.sheet}”{place.address}：{put}。{self.reason}"


@dataclass
class Told:
    """The account of a repair. ``moved`` holds where values were found that no longer stood in their cells."""

    moved: list[str] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)  # what has no cell of the new workbook: whole sheets, texts elsewhere
    left: list[str] = field(default_factory=list)  # what is not ours and stays in the old file

    @property
    def clean(self) -> bool:
        """Whether everything was recovered without doubt."""
        return not self.doubts and not self.lost

    def doubt(self, name: str, reason: str, value: Value = None, *, lost: bool = False) -> None:
        """Note a doubtful or lost value; the first reason given stays."""
        self.doubts.setdefault(name, Doubt(name, reason, value, lost))

    def lines(self, places: Mapping[str, Place]) -> Iterator[str]:
        """Yield the account, a line each, under its heads; nothing where there is nothing to say."""
        lost = [doubt.text(places[doubt.name]) for doubt in self.doubts.values() if doubt.lost]
        doubtful = [doubt.text(places[doubt.name]) for doubt in self.doubts.values() if not doubt.lost]
        for head, items in (
            ("移回原处的", self.moved),
            ("存疑的，请逐格核对（新工作簿里已标出）", doubtful),
            ("没有找回的，请重新填写", [*self.lost, *lost]),
            ("没有带到新工作簿的（仍在原文件里）", self.left),
        ):
            if items:
                yield f"{head}（{len(items)} 处）："
                yield from (f"  {item}" for item in items[:LISTED])
                if len(items) > LISTED:
                    yield f"  ……共 {len(items)} 处，其余见新工作簿的“校验结果”。"
