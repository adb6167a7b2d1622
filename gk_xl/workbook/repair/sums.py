"""What the identities of the form decide: where a dragged number belongs, what a lost one was, which block has slipped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from gk_xl.checks.binding import identities
from gk_xl.checks.catalogue import show
from gk_xl.form.filing import normal_number
from gk_xl.form.schema import ValueKind
from gk_xl.workbook.layout import FLAGS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.schema import CellId, Edition, Table, Value
    from gk_xl.workbook.repair.told import Told
    from gk_xl.workbook.repair.witnesses import Moved, Witnesses

Numbers = dict[str, "float | None"]
PRECISION = 6
FILLED, NEARLY = 0.5, 0.9  # a table of which so much is filled in has no blanks without a reason
MOVES = 6  # so many dragged cells are tried in every combination
SHIFTS = ((1, 0), (-1, 0), (2, 0), (-2, 0), (0, 1), (0, -1))  # rows, columns


@dataclass(frozen=True)
class Standing:
    """How the identities of a table stand: how many hold with something in them, which are broken."""

    holds: int
    broken: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Judged:
    """What the identities say of a reading: how many contradict it, how many more confirm it than were used up."""

    bad: int
    confirmed: int


class Sums:
    """The identities of an edition over what was recovered."""

    def __init__(self, witnesses: Witnesses, told: Told) -> None:
        self.witnesses, self.told = witnesses, told
        self.edition: Edition = witnesses.form.edition
        self.identities: list[Mapping[CellId, int]] = [found for _, found in identities(self.edition.id)]
        self.evidence = witnesses.evidence

    def decide(self) -> None:
        """Settle moves, slips and lost numbers, and mark what the sums contradict."""
        self._moves()
        for table in self.edition.tables:
            self._slip(table)
        self._lost()
        for table in self.edition.tables:
            self._contradictions(table)

    def numbers(self) -> Numbers:
        """Return the numbers recovered so far; None where there is none."""
        found: Numbers = {}
        for cell in self.edition.cells:
            value = self.evidence.values.get(cell)
            found[cell] = float(value) if isinstance(value, int | float) else None
        return found

    def standing(self, numbers: Numbers, of: frozenset[str] | None = None) -> Standing:
        """Return how the identities that touch some cells (None: all) stand."""
        holds, broken = 0, []
        for coefficients in self.identities:
            if of is not None and not of & coefficients.keys():
                continue
            parts = [(numbers.get(cell), sign) for cell, sign in coefficients.items()]
            if any(value is None for value, _ in parts):
                continue
            if round(sum((value or 0) * sign for value, sign in parts), PRECISION):
                broken.append(frozenset(coefficients))
            elif any(value for value, _ in parts):
                holds += 1
        return Standing(holds, tuple(broken))

    # --------------------------------------------------------------------------------------- numbers that are gone

    def solved(self, numbers: Numbers, unknown: set[str]) -> dict[str, float]:
        """Return the unknown numbers that the identities fix, one after the other, where they do not disagree."""
        numbers, found = dict(numbers), dict[str, float]()
        while True:
            offers: dict[str, set[float]] = {}
            for coefficients in self.identities:
                open_ = [cell for cell in coefficients if numbers.get(cell) is None]
                if len(open_) == 1 and open_[0] in unknown:
                    rest = sum((numbers[c] or 0) * sign for c, sign in coefficients.items() if c != open_[0])
                    offers.setdefault(open_[0], set()).add(round(-rest / coefficients[open_[0]], PRECISION))
            new = {
                cell: next(iter(values))
                for cell, values in offers.items()
                if len(values) == 1 and self._fits(cell, next(iter(values)))
            }
            if not new:
                return found
            numbers |= new
            found |= new

    def _fits(self, cell: str, value: float) -> bool:
        kind = self.edition.cell(cell).kind
        return kind is ValueKind.SIGNED or (value >= 0 and (kind is ValueKind.AMOUNT or value.is_integer()))

    def _lost(self) -> None:
        """Put in what the sums say of lost numbers; the rest is told as lost."""
        unknown = self.evidence.unknown
        solved = self.solved(self.numbers(), set(unknown))
        for name, why in list(unknown.items()):
            if name in solved:
                value = normal_number(solved[name])
                self.evidence.values[name] = value
                reason = why or "原来的工作表没有了。"
                self.told.doubt(name, f"{reason}按合计应为 {show(value)}，已填上，请核对。", value)
            else:
                self.evidence.values[name] = None
                if why:
                    self.told.doubt(name, why, lost=True)

    # ------------------------------------------------------------------------------------- cells dragged onto others

    def _moves(self) -> None:
        """Decide for each cell dragged onto another where its number belongs: where the sums hold."""
        for table in self.edition.tables:
            self._decide_moves([move for move in self.evidence.moves if move.source.startswith(f"{table.id}.")])
        cells = self.edition.cells
        for move in self.evidence.moves:
            if move.source not in cells or move.target not in cells:
                self._undecided_move(move)
        for name in self.evidence.overwritten:
            self.told.doubt(name, "别的格曾移动到这一格，原来的数可能被盖掉了。", self._number(name))

    def _decide_moves(self, moves: list[Moved]) -> None:
        """Try for all moves of a table together whether each goes back or stays; what all best trials share is taken."""
        moves = [move for move in moves if move.target in self.edition.cells]
        ways = (
            product((True, False), repeat=len(moves))
            if len(moves) <= MOVES
            else [(True,) * len(moves), (False,) * len(moves)]
        )
        best: tuple[int, int] | None = None
        trials: list[tuple[tuple[bool, ...], Numbers]] = []
        for way in ways if moves else ():
            changes: Numbers = {}
            for back, move in zip(way, moves, strict=True):
                value = float(move.value) if isinstance(move.value, int | float) else None
                changes |= {move.source: value if back else None, move.target: None if back else value}
            numbers: Numbers = {**self.numbers(), **changes}
            solved = self.solved(numbers, {name for name, value in changes.items() if value is None})
            standing = self.standing({**numbers, **solved}, frozenset(changes))
            score = (-len(standing.broken), standing.holds - len(solved))
            if best is None or score > best:
                best, trials = score, []
            if score == best:
                trials.append((way, {**changes, **solved}))
        for index, move in enumerate(moves):
            ends = {(values[move.source], values[move.target]) for _, values in trials}
            if len(ends) == 1 and best is not None and not best[0]:
                self._settle(move, *ends.pop(), back=trials[0][0][index])
            else:
                self._undecided_move(move)

    def _settle(self, move: Moved, source: float | None, target: float | None, *, back: bool) -> None:
        """Put in what a decided move leaves in its two cells."""
        spots = self.witnesses.spot(move.source), self.witnesses.spot(move.target)
        for name, value in ((move.source, source), (move.target, target)):
            self.evidence.values[name] = None if value is None else normal_number(value)
        if back:
            self.told.moved.append(f"{spots[0]}的 {show(move.value)} 被移到了{spots[1]}，按合计放回原处。")
        rest = move.target if back else move.source
        number = self._number(rest)
        reason = f"{spots[0]}曾移动到{spots[1]}，这一格原来的数没有了。"
        if number is None:
            self.told.doubt(rest, reason, lost=True)
        else:
            self.told.doubt(rest, f"{reason}按合计应为 {show(number)}，已填上，请核对。", number)

    def _undecided_move(self, move: Moved) -> None:
        """Leave a dragged cell where it is seen, and ask for both."""
        spots = self.witnesses.spot(move.source), self.witnesses.spot(move.target)
        reason = f"{spots[0]}曾移动到{spots[1]}，分不清内容属于哪一格，按现在看到的位置放。"
        self.told.doubt(move.source, reason)
        self.told.doubt(move.target, reason, self._number(move.target))

    # ------------------------------------------------------------------------------------------- blocks that slipped

    def _slip(self, table: Table) -> None:
        """Move a table's numbers back that stand rows or columns off, where only then nothing contradicts them."""
        cells = [cell.id for cell in table.cells]
        spilled = list(self._spilled(table))
        blank_lines = {name for line in self._lines(table) if all(map(self._is_open, line)) for name in line}
        empty = [
            line
            for line in self._lines(table)
            if any(self._is_open(end) and end not in blank_lines for end in (line[0], line[-1]))
        ]
        filled = sum(self.evidence.values.get(name) is not None for name in cells)
        if not spilled and (not (empty or blank_lines) or filled < FILLED * len(cells)):
            return
        as_seen = self._judged(self.numbers(), cells)
        sound: list[tuple[int, str, Numbers]] = []
        for label, scope, shift in self._hypotheses(table, empty, whole=bool(spilled or blank_lines)):
            trial = self._shifted(scope, *shift)
            if trial is None or not any(trial.values()):
                continue
            judged = self._judged({**self.numbers(), **trial}, cells)
            if not judged.bad:
                sound.append((judged.confirmed, label, trial))
        sound.sort(key=lambda trial: -trial[0])
        if sound and (as_seen.bad or not filled) and (len(sound) == 1 or sound[0][0] > sound[1][0]):
            self._accept(sound[0][1], sound[0][2])
        elif spilled and not filled and (whole := self._whole(table)) is not None:
            self._accept(*whole, confirmed=False)
        else:
            self._doubt_slip(cells, spilled, [trial for _, _, trial in sound])

    def _doubt_slip(self, cells: list[str], spilled: list[str], trials: list[Numbers]) -> None:
        """Doubt what a slip that the sums neither prove nor exclude would change; all, where numbers stand outside."""
        for name in cells:
            value = self._number(name)
            if spilled and value is not None:
                self.told.doubt(name, f"表外还有数（{spilled[0]}），这张表的数可能整体错了位。", value)
            elif any(name in trial and trial[name] != self.numbers()[name] for trial in trials):
                self.told.doubt(name, "这一行（列）的一头空着，数可能整体错了一格，合计分不清。", value)

    def _is_open(self, name: str) -> bool:
        """Return whether a cell is blank without a reason that is known already."""
        return self.evidence.values.get(name) is None and name not in self.evidence.unknown

    def _judged(self, numbers: Numbers, cells: list[str]) -> Judged:
        """Return what the identities of a table say of its numbers, blanks being numbers that are not known."""
        of = frozenset(cells)
        unknown = {name for name in cells if numbers[name] is None}
        solved = self.solved(numbers, unknown)
        numbers = {**numbers, **solved}
        bad = holds = 0
        for coefficients in self.identities:
            if not of & coefficients.keys():
                continue
            blank = sum(numbers[cell] is None for cell in coefficients)
            rest = round(sum((numbers[cell] or 0) * sign for cell, sign in coefficients.items()), PRECISION)
            bad += blank == 1 or (not blank and bool(rest))  # one blank left: what it would have to be is impossible
            holds += not blank and not rest
        return Judged(bad, holds - len(solved))

    def _whole(self, table: Table) -> tuple[str, Numbers] | None:
        """Return the slip of a whole table that finds a number for each of its cells, where the sums cannot tell."""
        for label, scope, (rows, columns) in self._hypotheses(table, [], whole=True):
            if len(scope) == len(table.cells):
                trial = self._shifted(scope, rows, columns)
                if trial is not None and None not in trial.values():
                    return label, trial
        return None

    def _number(self, name: str) -> Value:
        value = self.evidence.values.get(name)
        return value if isinstance(value, str | int | float) else None

    def _lines(self, table: Table) -> list[list[str]]:
        """Return the rows and columns of a table, as identifiers."""
        rows: dict[int, list[str]] = {}
        columns: dict[int, list[str]] = {}
        for cell in table.cells:
            place = self.witnesses.form.names[cell.id]
            rows.setdefault(place.row, []).append(cell.id)
            columns.setdefault(place.column, []).append(cell.id)
        return [*rows.values(), *columns.values()]

    def _hypotheses(
        self, table: Table, empty: list[list[str]], *, whole: bool
    ) -> Iterator[tuple[str, list[str], tuple[int, int]]]:
        """Yield what may have slipped: all of a table, one of its columns or rows with an empty end."""
        names = self.witnesses.form.names
        cells = [cell.id for cell in table.cells]
        sheet = names[cells[0]].sheet
        for shift in SHIFTS if whole else ():
            yield f"“{sheet}”整张表的数错开了{_steps(shift)}", cells, shift
        for line in empty:
            first, last = names[line[0]], names[line[-1]]
            down = first.column == last.column and len(line) > 1
            for steps in (1, -1, 2, -2):
                shift = (steps, 0) if down else (0, steps)
                yield f"“{sheet}”{first.address}:{last.address} 的数错开了{_steps(shift)}", line, shift

    def _shifted(self, scope: list[str], rows: int, columns: int) -> Numbers | None:
        """Return the numbers of some cells read so many rows and columns off; None where a number seen would be left."""
        trial: Numbers = {}
        for name in scope:
            base = self.witnesses.base[name]
            if base is None:
                return None
            there = Place(base.sheet, base.row + rows, base.column + columns)
            value = self.witnesses.held(there).value if there.row > 0 and there.column > 0 else None
            is_ours = there in self.witnesses.owner or self.witnesses.is_free(there)
            trial[name] = float(value) if is_ours and isinstance(value, float) else None
        seen = sum(self.evidence.values.get(name) is not None for name in scope)
        if sum(value is not None for value in trial.values()) < seen:
            return None
        return trial

    def _accept(self, label: str, numbers: Mapping[str, float | None], *, confirmed: bool = True) -> None:
        for name, value in numbers.items():
            if value is None:
                self.evidence.values[name] = None
                self.evidence.unknown[name] = "整块的数错了位，这一格原来的数没有留下。"
            else:
                self.evidence.values[name] = normal_number(value)
                self.evidence.unknown.pop(name, None)
                self.told.doubts.pop(name, None)
                if not confirmed:
                    self.told.doubt(name, "整张表的数错了位，已整块移回，没有合计可以核对。", self._number(name))
        self.told.moved.append(f"{label}，已整块移回" + ("，移回后合计全部相符。" if confirmed else "。"))

    def _spilled(self, table: Table) -> Iterator[str]:
        """Yield the addresses of numbers that stand beside or below the table, where the form has nothing."""
        places = [place for cell in table.cells if (place := self.witnesses.base[cell.id]) is not None]
        if not places:
            return
        sheet = self.witnesses.book.sheets[places[0].sheet]
        bottom, right = max(place.row for place in places), max(place.column for place in places)
        left = min(place.column for place in places)
        for (row, column), held in sorted(sheet.cells.items()):
            there = Place(sheet.title, row, column)
            if row <= bottom + 2 and left <= column <= right + 2 and isinstance(held.value, float) and not held.formula:
                outside = row > bottom or column > right
                if outside and there not in self.witnesses.owner and self.witnesses.is_free(there):
                    yield there.address

    # ------------------------------------------------------------------------------------------ what still disagrees

    def _contradictions(self, table: Table) -> None:
        """In a sheet with traces of damage, doubt what the sums contradict, and blanks among what is filled in."""
        cells = [cell.id for cell in table.cells]
        sheet = self.witnesses.form.names[cells[0]].sheet
        damaged, left = sheet in self.evidence.damaged, self._left_over(table)
        values = self.evidence.values
        if damaged or left:
            for identity in self.standing(self.numbers(), frozenset(cells)).broken:
                for name in sorted(identity):
                    reason = "这张表改动过，这一格所在的合计对不上。"
                    self.told.doubt(name, reason, self._number(name), lost=values.get(name) is None)
        blank = [name for name in cells if values.get(name) is None]
        filled = 1 - len(blank) / len(cells)
        if left or filled >= NEARLY or (damaged and filled >= FILLED):
            why = (
                f"表外的 {left} 里还有数，没有放进表"
                if left
                else "别的格都填了数，只有这样的几格空着，可能被移走或清掉"
            )
            for name in blank:
                self.told.doubt(name, f"{why}。")

    def _left_over(self, table: Table) -> str:
        """Return where a number of a table's sheet stands that was put nowhere; empty when there is none."""
        cells = [cell.id for cell in table.cells]
        found = self.witnesses.sheets.found.get(self.witnesses.form.names[cells[0]].sheet)
        if found is None:
            return ""
        taken = Counter(value for cell in cells if (value := self.numbers()[cell]) is not None)
        seen = Counter[float]()
        for (row, column), held in sorted(found.sheet.cells.items()):
            there = Place(found.sheet.title, row, column)
            if column > FLAGS or held.formula or not isinstance(held.value, float) or not self.witnesses.is_free(there):
                continue
            seen[held.value] += 1
            if seen[held.value] > taken[held.value]:
                return there.address
        return ""


def _steps(shift: tuple[int, int]) -> str:
    rows, columns = shift
    return f" {abs(rows)} 行" if rows else f" {abs(columns)} 列"
