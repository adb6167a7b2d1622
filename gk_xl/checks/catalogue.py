"""The catalogue of rules: one TOML block a rule, everything else is derived from it.

Keys of a block: ``code`` (permanent), ``name`` (names the fault), ``label``
(does so in ten characters, for heads and lists), ``severity``, ``basis`` (statutory, arithmetic or
plausibility), ``references`` (roles that every edition of the rule declares), ``message``, ``next`` (what to do),
``why``; whom it concerns: ``kinds``/``kinds_except``, ``from_year``; what must hold: ``expression``, repeated for
``each`` row, column or cell, but those named under ``besides``; of several expressions the first that binds; ``weaker`` is asked where the rule
itself holds. A rule holds where its cells exist: in every edition (and beside every last year's) that has the cells which
the expression and the message mention, or those that a function ``needs``; ``only`` names editions where that says too
much. ``call`` names a registered function (:mod:`gk_xl.checks.registry`) for what the language cannot say, or ``workbook`` for what only the workbook layer sees. ``identity`` marks linear equations that ``locate`` may use,
``fills`` those whose left side is a total the 合计 button computes; ``left_label``, ``right_label`` name their sides
in the sheet. ``asked_by = "local"`` marks what the law does not ask but some places do: it is what ``unless_asked`` says
(``hint`` or ``off``) until a profile asks for the rule; ``yields_to`` names rules that say the same better: where one of
them speaks of a sentence or a cell, this rule is silent there. What is ``serious`` is told of first, however rare. Warnings may be waived with a reason, errors only
with ``waivable``.
``since`` is the version that brought the rule, ``status`` preview or stable; a code that is given up goes into
``retired.toml`` and is never used again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gk_xl.errors import BadEditionFile, UnknownCell, UnknownRule
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, base_id, edition_ids, load_edition
from gk_xl.form.patterns import regex
from gk_xl.form.prebuilt import prebuilt
from gk_xl.form.printed import printed
from gk_xl.form.profile import FILE as PROFILE
from gk_xl.form.profile import REFERENCE, profile_of

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from gk_xl.form.finding import Number, Rewrite
    from gk_xl.form.schema import CellId, Edition, Reference

RULES = Path(__file__).parent / "rules"
LAW, LOCAL = "law", "local"
OFF = "off"
BASES = ("statutory", "arithmetic", "plausibility")
STATES = ("preview", "stable")
LOCAL_CODE = regex(r"L-[1-9]\d")
"""Codes of the rules that a profile adds; those before are ours."""
PROFILE_RULES = ("L-01", "L-02")
"""Rules that judge what a profile asks in its own words: they hold wherever there is a profile."""
RETIRED = Path(__file__).with_name("retired.toml")
NUMBER = regex(r"\d+(?:\.\d+)?")
PLACEHOLDER = regex(r"\{((?:[^{}]|\{[^{}]*\})+)\}")


class Place(Protocol):
    """What a finding about the text points to: a sentence."""

    @property
    def excerpt(self) -> str:
        """The words to quote."""

    @property
    def place(self) -> str:
        """Where it stands, as ``narrative.overview.3``."""


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue; see the module's text for the keys."""

    code: str
    name: str
    label: str
    severity: Severity
    basis: str
    references: tuple[str, ...]
    message: str
    next: str
    why: str
    expressions: tuple[str, ...]  # the first that binds holds
    each: Mapping[str, str | tuple[str, ...]]
    besides: tuple[str, ...]
    needs: tuple[CellId, ...]
    only: tuple[str, ...]
    kinds: tuple[str, ...]
    kinds_except: tuple[str, ...]
    from_year: int
    call: str
    waivable: bool
    status: str
    since: str
    identity: bool
    fills: bool
    left_label: str
    right_label: str
    weaker: Rule | None
    file: str
    asked_by: str = LAW
    unless_asked: str = ""
    yields_to: tuple[str, ...] = ()
    serious: bool = False
    generally: str = ""

    @property
    def advice(self) -> str:
        """The next step without any filing: what the catalogue prints."""
        return self.generally or self.next

    @cached_property
    def about_last_year(self) -> bool:
        """Whether the rule compares with last year's filing."""
        return any("last." in text for text in self.expressions)

    def applies(self, edition: str, kind: str, year: int | None) -> bool:
        """Return whether the rule concerns a filing of this edition, by this kind of unit, on this year.

        Whether an expression's cells exist is told by its instances.
        """
        return (
            (not self.only or base_id(edition) in self.only)
            and (not self.needs or load_edition(edition).cells.keys() >= set(self.needs))
            and (not self.kinds or kind in self.kinds)
            and (not self.kinds_except or kind not in (*self.kinds_except, ""))
            and (not self.from_year or (year is not None and year >= self.from_year))
        )

    def finding(
        self,
        values: Mapping[str, object] | str,
        cells: tuple[CellId, ...] = (),
        *,
        sides: tuple[Number, Number] | None = None,
        severity: Severity | None = None,
        excerpt: str | None = None,
        place: str | None = None,
        proposal: Number | None = None,
        rewrite: Rewrite | None = None,
    ) -> Finding:
        """Return this rule's finding with its message filled from ``values`` and the next step behind it.

        A text is the ``problem`` alone; the ``excerpt`` need not be told twice.
        """
        told_of = {"excerpt": excerpt, **({"problem": values} if isinstance(values, str) else values)}

        def fill(match: re.Match[str]) -> str:
            return show(told_of[match[1]])

        left, right = sides or (None, None)
        advice = PLACEHOLDER.sub(fill, self.next)
        told = PLACEHOLDER.sub(fill, self.message)
        if excerpt and len(excerpt) > QUOTED:
            wrong = [rewrite.wrong] if rewrite else []
            wrong += [f"{show(told_of['said'])}{told_of.get('unit', '')}"] if "said" in told_of else []
            told = briefly(told, excerpt, [*wrong, str(told_of.get("found", ""))])
        return Finding(
            self.code,
            severity or self.severity,
            told + advice,
            cells,
            left,
            right,
            None if left is None or right is None else tidy(left - right),
            excerpt=excerpt,
            place=place,
            proposal=proposal,
            rewrite=rewrite,
            next=advice,
        )

    def at(
        self,
        sentence: Place,
        values: Mapping[str, object] | str,
        cells: tuple[CellId, ...] = (),
        *,
        excerpt: str | None = None,
        **more: Any,
    ) -> Finding:
        """Return this rule's finding about a sentence: quoted, and placed where it stands."""
        return self.finding(values, cells, excerpt=excerpt or sentence.excerpt, place=sentence.place, **more)

    def cited(self, edition: Edition) -> tuple[Reference, ...]:
        """Return the provisions the rule rests on, as the edition declares them."""
        return tuple(edition.references[name] for name in self.references if name in edition.references)


def tidy(number: float) -> int | float:
    """Return a number without the noise of binary fractions: 12.0 reads 12, 0.30000000000000004 reads 0.3."""
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


def show(value: object) -> str:
    """Return a value as a message shows it."""
    if value is None:
        return "空"
    return str(tidy(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


QUOTED = 20
"""So many characters of the clerk's own sentence a message repeats."""
_QUOTATION = regex(r"“([^“”]{2,})”")


def briefly(message: str, excerpt: str, wrong: Sequence[str]) -> str:
    """Return a message that quotes a sentence around the wrong words only: those given, or what it quotes besides."""
    if f"“{excerpt}”" not in message:
        return message
    rest = message.replace(f"“{excerpt}”", "")
    numbers = sorted(NUMBER.findall(rest), key=excerpt.count)  # one that stands there once is the one meant
    words = [*wrong, *_QUOTATION.findall(rest), *numbers]
    at, word = next(((excerpt.find(word), word) for word in words if word and word in excerpt), (0, ""))
    room = QUOTED - 2
    start = max(0, min(at + len(word) // 2 - room // 2, len(excerpt) - room))
    cut = excerpt[start : start + room]
    shown = f"{'…' * (start > 0)}{cut.strip('…')}{'…' * (start + room < len(excerpt) or cut.endswith('…'))}"
    return message.replace(f"“{excerpt}”", f"“{shown}”")


def gap(found: float, due: float) -> str:
    """Return how far a number is off, as every message says it: 多 2, 少 2."""
    return f"{'少' if found < due else '多'} {tidy(abs(found - due))}"


def _read_rule(file: str, keys: Keys, parent: Rule | None = None) -> Rule:
    """Read one [[rule]] block, or the ``weaker`` part of ``parent``."""
    expression = keys.take("expression", (str, list), [])
    severity = keys.take("severity", str)
    if severity not in list(Severity):
        raise BadEditionFile(file, f"{keys.where}.severity", f"不认识的级别 {severity}")
    each = {
        name: value if isinstance(value, str) else tuple(value) for name, value in keys.take("each", dict, {}).items()
    }
    weaker = keys.take("weaker", dict, None)
    rule = Rule(
        code=parent.code if parent else keys.take("code", str),
        name=parent.name if parent else keys.take("name", str),
        label=parent.label if parent else keys.take("label", str),
        severity=Severity(severity),
        basis=parent.basis if parent else keys.take("basis", str),
        references=parent.references if parent else tuple(keys.take("references", list)),
        message=keys.take("message", str),
        next=keys.take("next", str),
        why=parent.why if parent else keys.take("why", str),
        expressions=(expression,) if isinstance(expression, str) else tuple(expression),
        each=parent.each if parent else each,
        besides=parent.besides if parent else tuple(keys.take("besides", list, [])),
        needs=tuple(keys.take("needs", list, [])),
        only=parent.only if parent else tuple(keys.take("only", list, [])),
        kinds=tuple(keys.take("kinds", list, [])),
        kinds_except=tuple(keys.take("kinds_except", list, [])),
        from_year=keys.take("from_year", int, 0),
        call=keys.take("call", str, ""),
        waivable=keys.take("waivable", bool, severity == Severity.WARNING),
        status=parent.status if parent else keys.take("status", str, "stable"),
        since=parent.since if parent else keys.take("since", str, "0.1.0"),
        identity=keys.take("identity", bool, False),
        fills=keys.take("fills", bool, False),
        left_label=keys.take("left_label", str, ""),
        right_label=keys.take("right_label", str, ""),
        weaker=None,
        file=file,
        asked_by=keys.take("asked_by", str, LAW),
        unless_asked=keys.take("unless_asked", str, ""),
        yields_to=tuple(keys.take("yields_to", list, [])),
        serious=keys.take("serious", bool, False),
        generally=keys.take("generally", str, ""),
    )
    _refuse_what_is_unknown(file, keys, rule)
    keys.done()
    if weaker is not None:
        object.__setattr__(rule, "weaker", _read_rule(file, Keys(file, f"{keys.where}.weaker", weaker), rule))
    return rule


def _refuse_what_is_unknown(file: str, keys: Keys, rule: Rule) -> None:
    """Raise BadEditionFile, naming the key, for a basis, a status or an asker that the catalogue does not know."""
    if rule.asked_by not in (LAW, LOCAL) or (rule.asked_by == LOCAL) != (rule.unless_asked in (OFF, Severity.HINT)):
        raise BadEditionFile(
            file, f"{keys.where}.asked_by", "asked_by 是 law，或者是 local 并写明 unless_asked（off、hint）"
        )
    if rule.basis not in BASES:
        raise BadEditionFile(file, f"{keys.where}.basis", f"不认识的依据种类 {rule.basis}")
    if rule.status not in STATES:
        raise BadEditionFile(file, f"{keys.where}.status", f"不认识的状态 {rule.status}")


_WORDED = ("message", "next", "generally", "why", "left_label", "right_label")


def _worded(rule: Rule, edition: Edition) -> Rule:
    """Return a rule with what the edition prints in its texts; UnknownCell where the edition prints none of it."""
    texts = {name: getattr(rule, name) for name in _WORDED}
    said: dict[str, Any] = {name: printed(text, edition) for name, text in texts.items()}
    weaker = None if rule.weaker is None else _worded(rule.weaker, edition)
    return rule if said == texts and weaker is rule.weaker else replace(rule, **said, weaker=weaker)


def _worded_in(rules: Mapping[str, Rule], edition_id: str) -> dict[str, Rule]:
    """Return rules in the words of an edition; one that speaks of what it does not print, in those of the newest that does."""
    editions = [load_edition(name) for name in (edition_id, *reversed(edition_ids()))]
    worded = {}
    for code, known in rules.items():
        for edition in editions:
            try:
                worded[code] = _worded(known, edition)
            except UnknownCell as error:
                why = str(error)
            else:
                break
        else:
            raise BadEditionFile(known.file, code, why)
    return worded


@lru_cache
def catalogue() -> Mapping[str, Rule]:
    """Return all rules by code, in the order of the files, in the words of the newest edition that prints what they name.

    BadEditionFile names file and key at fault.
    """
    return catalogue_of(edition_ids()[-1])


@lru_cache
def _written() -> Mapping[str, Rule]:
    """Return all rules as the files write them: what an edition prints still stands in braces."""
    rules: dict[str, Rule] = {}
    for path in sorted(RULES.glob("*.toml")):
        file = f"checks/rules/{path.name}"
        try:
            top = Keys(file, "", toml(path))
        except ValueError as error:
            raise BadEditionFile(file, "TOML", str(error)) from None
        for number, raw in enumerate(top.take("rule", list)):
            rule = _read_rule(file, Keys(file, f"rule[{number}]", raw))
            if rule.code in retired():
                raise BadEditionFile(file, f"rule[{number}].code", f"规则代码 {rule.code} 已经停用，不能再用")
            if rule.code in rules:
                raise BadEditionFile(file, f"rule[{number}].code", f"规则代码 {rule.code} 重复")
            rules[rule.code] = rule
        top.done()
    return rules


@lru_cache(maxsize=256)
def catalogue_of(edition_id: str) -> Mapping[str, Rule]:
    """Return the rules for filings of an edition: the catalogue, with what its profile asks, leaves off and adds.

    BadEditionFile where a profile names a rule that does not exist, or loosens what the law asks.
    """
    profile = profile_of(edition_id)
    if profile is None:
        return prebuilt(f"rules_{edition_id}", lambda: _worded_in(_written(), edition_id))
    rules = {
        code: replace(known, unless_asked="") if code in PROFILE_RULES else known for code, known in _written().items()
    }
    for code, level in profile.asked.items():
        where = f"asked.{code}"
        if code not in rules:
            raise BadEditionFile(PROFILE, where, "没有这条规则")
        known = rules[code]
        if known.severity is Severity.ERROR and known.asked_by == LAW and level != Severity.ERROR:
            raise BadEditionFile(PROFILE, where, "法规和勾稽要求的错误不能放宽")
        if level == OFF:
            del rules[code]
        else:
            rules[code] = replace(known, severity=Severity(level), unless_asked="", waivable=level != Severity.ERROR)
    for number, raw in enumerate(profile.rules):
        told = {"basis": "plausibility", "references": [REFERENCE], "label": f"本地规则{raw.get('code', '')}"}
        keys = Keys(PROFILE, f"rule[{number}]", {**told, **raw})
        local = _read_rule(PROFILE, keys)
        if not LOCAL_CODE.fullmatch(local.code) or local.code in rules:
            raise BadEditionFile(PROFILE, f"{keys.where}.code", "本地规则的代码从 L-10 到 L-99，不能重复")
        rules[local.code] = local
    return _worded_in(rules, edition_id)


@lru_cache
def retired() -> Mapping[str, str]:
    """Return the codes that no rule may bear again, each with what became of it."""
    found: Mapping[str, str] = toml(RETIRED)["retired"]
    return found


def rule(code: str) -> Rule:
    """Return the rule with this code; UnknownRule when there is none, or none any more."""
    try:
        return catalogue()[code.upper()]
    except KeyError:
        if code.upper() in retired():
            raise UnknownRule(f"规则 {code.upper()} 已经停用：{retired()[code.upper()]}") from None
        raise UnknownRule(f"没有规则 {code}，请核对代码。") from None
