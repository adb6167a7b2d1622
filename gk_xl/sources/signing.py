"""Who signed a report and when: at its end, below its title, or as the page says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gk_xl.form.filing import Signature
from gk_xl.sources.furniture import is_furniture
from gk_xl.sources.identity import find_signature, read_date, signature_below
from gk_xl.sources.model import NoteKind, Role
from gk_xl.sources.sections import plain
from gk_xl.sources.telling import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.document import Meta
    from gk_xl.sources.identity import SignatureBlock

FURNITURE: Final = "不像报告的内容（网页附带的文字）。"


@dataclass
class Signing(Told):
    """An import's account, with what it reads of signatures."""

    def signed_at_end(self, filled: list[int]) -> tuple[Signature, list[int]]:
        """Return the signature at the end, and the positions that remain narrative."""
        while filled and is_furniture(plain(self.lines[filled[-1]].text)):
            self.leave([filled.pop()], FURNITURE)
        block = find_signature(self.lines, filled)
        if block is None:
            return Signature(), filled
        for position in filled:
            if position > block.positions[-1]:
                self.leave([position], "在落款之后，不属于报告正文。")
        rest = [p for p in filled if p < block.positions[0]]
        while rest and is_furniture(plain(self.lines[rest[-1]].text)):
            self.leave([rest.pop()], FURNITURE)
        return self._signed(block), rest

    def signed_below_title(self, positions: Sequence[int], title: int) -> tuple[Signature, list[int]]:
        """Return the signature that the first lines below the title are, as in a gazette, and the other positions."""
        block = signature_below(self.lines, [position for position in positions if position > title])
        if block is None:
            return Signature(), list(positions)
        return self._signed(block), [position for position in positions if position not in block.positions]

    def _signed(self, block: SignatureBlock) -> Signature:
        numbers = self.numbers(block.positions)
        self.mark(numbers, Role.SIGNATURE)
        read = "，".join(part for part in (block.name, block.date) if part)
        found = " ".join(plain(self.lines[position].text) for position in block.positions)
        self.tell(NoteKind.READ, numbers, "落款", f"落款读作：{read}。", found=found, read=read)
        return Signature(block.name, block.date)

    def dated(self, signature: Signature, meta: Meta, year: int | None) -> Signature:
        """Return a signature without a date with the day on which the page says it was published, if it fits the year."""
        day = read_date(meta.date[:10].rstrip("T ")) if meta.date and not signature.date else None
        if day is None or year is None or not day.startswith(f"{year + 1}-"):
            return signature
        message = f"文末没有成文日期，暂取网页标明的发布日期 {day}；请在封面核对。"
        self.tell(NoteKind.READ, (), "落款", message, found=meta.date, read=day)
        return replace(signature, date=day)
