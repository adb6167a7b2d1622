"""Rounds of returning: what a unit was told last time, and what of it is mended, still open, or new.

The record lies beside the slips (``退回记录.json``), by unit and year. A round begins when a unit hands in something else
than what it was last told about; while it has not answered, its round goes on, and its slip is the same.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.desk.entry import ASKED, UNREADABLE
from gk_xl.errors import BadFiling
from gk_xl.form.cleaning import read_json
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.desk.entry import Entry
    from gk_xl.form.finding import Finding
    from gk_xl.workbook.sheets.results import ResultLine

FILE: Final = "退回记录.json"
FOLDER: Final = "退回单"
"""Where slips lie, beside the summary, unless another place is given."""
SETTLED: Final = "level_open"
"""The look of a line that is answered already, follows from another, or cannot be judged: nothing to be done."""
OF_THE_FILE: Final = "I-"
"""How the rules' codes begin whose findings are of the file alone: formulas, labels, names that are not the template's."""
_FORMAT: Final = 2
"""The first one had a unit's rounds in a row, whichever file they were about."""


class Key(NamedTuple):
    """Whose round: a unit's, about its report ``of`` a year; of a file that tells no year, its name; "" in an old record."""

    unit: str
    of: str


class Item(NamedTuple):
    """One line that a unit was told: ``stem`` is rule and place, which stay while numbers change."""

    stem: str
    place: str
    message: str


@dataclass(frozen=True)
class Round:
    """What a unit was told at one time, about one version of its filing (``digest``); ``stems`` are all of its findings'.

    ``again`` says that it was asked to hand in again, not only to answer; None in an old record. ``file`` tells the file itself,
    whatever a later version of this program finds in it; "" in an old record.
    """

    number: int
    date: str
    deadline: str
    digest: str
    items: tuple[Item, ...]
    stems: tuple[str, ...] = ()
    again: bool | None = None
    file: str = ""

    def is_about(self, entry: Entry) -> bool:
        """Return whether a unit was told this of the very version that a file is: the same file, or another that says the same."""
        return (bool(self.file) and self.file == _file(entry)) or self.digest in versions(entry)


@dataclass(frozen=True)
class Progress:
    """How a unit stands in its round: what is mended since the last one, what a reason was given for, what is still open, or new."""

    number: int
    mended: tuple[Item, ...] = ()
    still: tuple[ResultLine, ...] = ()
    new: tuple[ResultLine, ...] = ()
    answered: tuple[Item, ...] = ()

    @property
    def said(self) -> str:
        """The counts: 已改 3、写明理由 1、仍有 1、新增 0; no reasons are left out."""
        given = f"写明理由 {len(self.answered)}、" if self.answered else ""
        return f"已改 {len(self.mended)}、{given}仍有 {len(self.still)}、新增 {len(self.new)}"


class Returned(NamedTuple):
    """What became of the slips of the last time: how many were written, asked to hand in again, asked for an answer; how many are done.

    ``part`` are those mended in part, ``same`` those with nothing mended, ``gone`` those whose file is no more there;
    ``mended``, ``answered`` (a reason was given), ``still`` and ``new`` count lines.
    """

    written: int = 0
    again: int = 0
    asked: int = 0
    done: int = 0
    part: int = 0
    same: int = 0
    gone: int = 0
    mended: int = 0
    still: int = 0
    new: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Rounds:
    """The latest two rounds of each unit and year: the one that is open, and the one before it."""

    latest: Mapping[Key, Round] = field(default_factory=dict)
    before: Mapping[Key, Round] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was ever returned."""
        return bool(self.latest)

    def reference(self, entry: Entry) -> Round | None:
        """Return the round that a file is to be held against: the last one that was about another version of it."""
        return self._told(entry)[1]

    def open_round(self, entry: Entry) -> Round | None:
        """Return the round that a unit has not answered: its file is the one that was returned; None otherwise."""
        return self._told(entry)[0]

    def key(self, entry: Entry) -> Key | None:
        """Return under which key a file's rounds stand; None where its unit was told nothing of it.

        One that can be read, or has its year, goes on with what was told of the unit when it was not yet known.
        """
        own = _key(entry)
        if own in self.latest:
            return own
        known = [key for key in self.latest if key.unit == own.unit and (entry.filing is None or not _tells_year(key))]
        return known[-1] if known else None

    def _told(self, entry: Entry) -> tuple[Round | None, Round | None]:
        """Return the round that a file is the answerless object of, and the one that it is to be held against."""
        key = self.key(entry)
        if key is None:
            return None, None
        last, first = self.latest[key], self.before.get(key)
        if not key.of and first is not None and first.number >= last.number:  # an old record of two files
            return next((told for told in (last, first) if told.is_about(entry)), None), None
        return (last, first) if last.is_about(entry) else (None, last)

    def number(self, entry: Entry) -> int:
        """Return in which round a file is: 1 for one that was never returned."""
        told = self.reference(entry)
        return told.number + 1 if told else 1

    def progress(self, entry: Entry) -> Progress | None:
        """Return what became of what the unit was told; None for a unit that was never returned."""
        told = self.reference(entry)
        if told is None:
            return None
        now = tasks_of(entry)
        standing = Counter(_stems(entry))
        once = Counter(told.stems or (item.stem for item in told.items))
        still: list[ResultLine] = []
        new: list[ResultLine] = []
        for line in now:
            stem = _stem(line.key)
            (still if once[stem] > 0 else new).append(line)
            once[stem] -= 1
        mended, answered, reasons = [], [], Counter(_stem(finding.key) for finding in _found(entry) if finding.waived)
        for item in told.items:
            if standing[item.stem] > 0:
                standing[item.stem] -= 1
                if reasons[item.stem] > 0:
                    reasons[item.stem] -= 1
                    answered.append(item)
            elif entry.outcome != UNREADABLE:
                mended.append(item)
        return Progress(told.number + 1, tuple(mended), tuple(still), tuple(new), tuple(answered))

    def answers(self, entry: Entry) -> bool:
        """Return whether a file came after its unit had been told something."""
        waiting, former = self._told(entry)
        return former is not None or (waiting is None and any(key.unit == entry.unit for key in self.latest))

    def returned(self, entries: Iterable[Entry], today: str) -> Returned:
        """Return what became of what was written; what nobody answered that was written on this very day is left out."""
        found = Returned()
        waiting = dict(self.latest)
        for entry in entries:
            key = self.key(entry)
            if key is None or waiting.pop(key, None) is None:
                continue
            own, former = self._told(entry)
            told = former or own
            if told is not None and (former or not today or told.date != today):
                found = _counted(
                    found, told, entry, self.progress(entry) or Progress(told.number, still=tasks_of(entry))
                )
        gone = [told.again for told in waiting.values() if not today or told.date != today]
        return found._replace(
            written=found.written + len(gone),
            again=found.again + gone.count(True),
            asked=found.asked + gone.count(False),
            gone=len(gone),
        )

    def issued(self, entries: Iterable[Entry], date: str, deadline: str) -> Rounds:
        """Return the record after slips went out for these files."""
        latest, before = dict(self.latest), dict(self.before)
        for entry in entries:
            known, key = self.key(entry), _key(entry)
            if known is not None:
                latest.pop(known, None)
                before.pop(known, None)
            waiting, former = self._told(entry)
            missed = waiting is not None and waiting.deadline and date and waiting.deadline < date
            fresh = Round(
                self.number(entry),
                waiting.date if waiting else date,
                waiting.deadline if waiting and missed else deadline,
                versions(entry)[0],
                tuple(_items(entry)),
                tuple(sorted(_stems(entry))),
                asks_again(entry),
                _file(entry),
            )
            before |= {key: former} if former is not None else {}
            latest[key] = fresh
        return Rounds(latest, before)

    def dumps(self) -> str:
        """Return the record as JSON text."""
        units: dict[str, list[dict[str, Any]]] = {}
        for key, told in self.latest.items():
            rounds = [{"of": key.of, **_as_json(found)} for found in (self.before.get(key), told) if found]
            units.setdefault(key.unit, []).extend(rounds)
        data = {"generator": GENERATOR, "format": _FORMAT, "units": units}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def loads(cls, text: str, source: str) -> Rounds:
        """Return the record that JSON text holds; BadFiling with one sentence when it is none."""
        data = read_json(text, source)
        told: dict[Key, list[Round]] = {}
        try:
            for name, rounds in data["units"].items():
                for raw in rounds:
                    told.setdefault(Key(name, str(raw.get("of", ""))), []).append(_from_json(raw))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BadFiling(f"{source} 读不懂，不像退回记录。请换回原来的，或移走它重新从第一轮开始。") from None
        latest = {key: rounds[-1] for key, rounds in told.items()}
        return cls(latest, {key: rounds[-2] for key, rounds in told.items() if len(rounds) > 1})


def _counted(found: Returned, told: Round, entry: Entry, progress: Progress) -> Returned:
    """Return counts with one slip more."""
    done = entry.outcome != UNREADABLE and not progress.still and not progress.new
    came = "done" if done else "part" if progress.mended or progress.answered else "same"
    more = {came: 1, "written": 1}
    more |= {} if told.again is None else {"again" if told.again else "asked": 1}
    more |= {name: len(getattr(progress, name)) for name in ("mended", "answered", "still", "new")}
    return found._replace(**{name: getattr(found, name) + count for name, count in more.items()})


def lines_of(entry: Entry) -> tuple[ResultLine, ...]:
    """Return the lines of a file that its unit is told: those with something to do."""
    return tuple(line for line in entry.lines if line.style != SETTLED)


def tasks_of(entry: Entry) -> tuple[ResultLine, ...]:
    """Return the lines that a unit has to answer: a hint is for its information."""
    return tuple(line for line in lines_of(entry) if line.style != "level_hint")


def asks_again(entry: Entry) -> bool:
    """Return whether a file's slip asks to hand in again; one that only warns asks for an answer."""
    return entry.outcome != ASKED


def _key(entry: Entry) -> Key:
    year = entry.filing.year if entry.filing else None
    return Key(entry.unit, entry.file if year is None else str(year))


def _tells_year(key: Key) -> bool:
    return key.of.isdecimal()


def _file(entry: Entry) -> str:
    """Return what tells a file with what the office noted to it; "" where its content is not known."""
    return " ".join([entry.digest, *sorted(entry.noted)]) if entry.digest else ""


def versions(entry: Entry) -> tuple[str, ...]:
    """Return what tells one version of a filing from another: of its content and its form where it was read, else of the file.

    What records of before have comes second: it told nothing of the form.
    """
    import hashlib

    if entry.filing is None:
        return (entry.digest or entry.problem,)
    content = entry.filing.dumps()
    form = sorted(_stem(finding.key) for finding in _found(entry) if finding.code.startswith(OF_THE_FILE))
    return tuple(hashlib.sha256(text.encode()).hexdigest() for text in ("\n".join([content, "", *form]), content))


def _items(entry: Entry) -> Iterator[Item]:
    """Yield what a unit is told: that its file cannot be read, else each line that it has to answer."""
    if entry.outcome == UNREADABLE:
        yield Item(UNREADABLE, "", entry.problem)
    for line in tasks_of(entry):
        yield Item(_stem(line.key), str(line.values[3] or ""), str(line.values[4] or ""))


def _found(entry: Entry) -> Sequence[Finding]:
    return entry.result.findings if entry.result else ()


def _stem(key: str) -> str:
    """Return rule and place of a key, without the digest of what was compared."""
    return key.partition(":")[0]


def _stems(entry: Entry) -> list[str]:
    """Return rule and place of all that stands against a file, lines that follow from others among them."""
    found = [_stem(finding.key) for finding in _found(entry) if finding.severity.level]
    found += [UNREADABLE] if entry.outcome == UNREADABLE else []
    return found + [_stem(line.key) for line in entry.lines if line.style == "level_suspect" and line.key]


def _as_json(told: Round) -> dict[str, Any]:
    return {
        "round": told.number,
        "date": told.date,
        "deadline": told.deadline,
        "digest": told.digest,
        "items": [list(item) for item in told.items],
        "stems": list(told.stems),
        "again": told.again,
        "file": told.file,
    }


def _from_json(raw: Mapping[str, Any]) -> Round:
    items = tuple(Item(*(str(text) for text in item)) for item in raw["items"])
    items = items or (
        Item(UNREADABLE, "", UNREADABLE),
    )  # who was told nothing else was told that its file cannot be read
    return Round(
        int(raw["round"]),
        str(raw["date"]),
        str(raw["deadline"]),
        str(raw["digest"]),
        items,
        tuple(str(stem) for stem in raw["stems"]),
        raw.get("again"),
        str(raw.get("file", "")),
    )
