"""The catalogue of rules: one TOML block a rule, everything else is derived from it.

Keys of a block: ``code`` (permanent), ``name`` (names the fault), ``severity``, ``basis`` (statutory, arithmetic or
plausibility), ``references`` (roles that every edition of the rule declares), ``message``, ``next`` (what to do),
``why``; where it applies: ``editions``, ``last_editions``, ``kinds``/``kinds_except``, ``from_year``; what must hold:
``expression`` (or one an edition), repeated for ``each`` row, column or cell; ``weaker`` is asked where the rule
itself holds; ``call`` names a registered function (:mod:`gk_xl.checks.registry`) for what the language cannot say, or ``workbook`` for what only the workbook layer sees. ``identity`` marks linear equations that ``locate`` may use,
``fills`` those whose left side is a total the 合计 button computes; ``left_label``, ``right_label`` name their sides
in the sheet. ``asked_by = "local"`` marks what the law does not ask but some places do: it is what ``unless_asked`` says
(``hint`` or ``off``) until a profile asks for the rule; ``yields_to`` names rules that say the same better: where one of
them speaks of a sentence, this rule is silent there. Warnings may be waived with a reason, errors only
with ``waivable``.
``since`` is the version that brought the rule, ``status`` preview or stable; a code that is given up goes into
``retired.toml`` and is never used again.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gk_xl.checks.expression import COMPARISONS, Node, Operation, Ref, bind, linear, mentions, parse
from gk_xl.errors import BadEditionFile, UnknownRule
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.load import Keys, load_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.finding import Number
    from gk_xl.form.schema import CellId, Edition, Reference

RULES = Path(__file__).parent / "rules"
LAW, LOCAL = "law", "local"
OFF = "off"
BASES = ("statutory", "arithmetic", "plausibility")
STATES = ("preview", "stable")
RETIRED = Path(__file__).with_name("retired.toml")
_PLACEHOLDER = re.compile(r"\{((?:[^{}]|\{[^{}]*\})+)\}")


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
    severity: Severity
    basis: str
    references: tuple[str, ...]
    message: str
    next: str
    why: str
    expressions: Mapping[str, str]  # by edition; "" for all
    each: Mapping[str, str | tuple[str, ...]]
    editions: tuple[str, ...]
    last_editions: tuple[str, ...]
    kinds: tuple[str, ...]
    kinds_except: tuple[str, ...]
    from_year: int
    call: str
    waivable: bool
    status: str
    since: str
    identity: bool
    fills: bool
    in_both_years: bool
    left_label: str
    right_label: str
    weaker: Rule | None
    file: str
    asked_by: str = LAW
    unless_asked: str = ""
    yields_to: tuple[str, ...] = ()

    @cached_property
    def about_last_year(self) -> bool:
        """Whether the rule compares with last year's filing."""
        return any("last." in text for text in self.expressions.values())

    def applies(self, edition: str, kind: str, year: int | None) -> bool:
        """Return whether the rule concerns a filing of this edition, by this kind of unit, on this year."""
        return (
            (not self.editions or edition in self.editions)
            and (not self.kinds or kind in self.kinds)
            and (not self.kinds_except or kind not in (*self.kinds_except, ""))
            and (not self.from_year or (year is not None and year >= self.from_year))
        )

    def expression_for(self, edition: str) -> str:
        """Return the expression's text for an edition, empty when it has none."""
        return self.expressions.get(edition, self.expressions.get("", ""))

    def finding(
        self,
        values: Mapping[str, object],
        cells: tuple[CellId, ...] = (),
        *,
        sides: tuple[Number, Number] | None = None,
        severity: Severity | None = None,
        excerpt: str | None = None,
        place: str | None = None,
        proposal: Number | None = None,
    ) -> Finding:
        """Return this rule's finding with its message filled from ``values`` and the next step behind it."""

        def fill(match: re.Match[str]) -> str:
            return show(values[match[1]])

        left, right = sides or (None, None)
        return Finding(
            self.code,
            severity or self.severity,
            _PLACEHOLDER.sub(fill, self.message) + _PLACEHOLDER.sub(fill, self.next),
            cells,
            left,
            right,
            None if left is None or right is None else tidy(left - right),
            excerpt=excerpt,
            place=place,
            proposal=proposal,
        )

    def at(
        self,
        sentence: Place,
        values: Mapping[str, object],
        cells: tuple[CellId, ...] = (),
        *,
        sides: tuple[Number, Number] | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Return this rule's finding about a sentence: quoted, and placed where it stands."""
        return self.finding(
            values, cells, sides=sides, severity=severity, excerpt=sentence.excerpt, place=sentence.place
        )

    def cited(self, edition: Edition) -> tuple[Reference, ...]:
        """Return the provisions the rule rests on, as the edition declares them."""
        return tuple(edition.references[name] for name in self.references if name in edition.references)


@dataclass(frozen=True)
class Instance:
    """A rule for one row, column or cell of one edition: its bound expression and what its message needs."""

    rule: Rule
    node: Node
    labels: Mapping[str, str]
    parts: Mapping[str, Node]  # placeholder → expression whose value stands there
    subject: Mapping[str, str]  # variable → identifier

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """The cells the expression mentions, the first one being where a finding points."""
        return mentions(self.node)

    @cached_property
    def about_last_year(self) -> bool:
        """Whether the expression mentions last year's filing."""
        return any(ref.last for ref in self.refs)

    @property
    def sides(self) -> tuple[Node, Node] | None:
        """Both sides of the comparison at the top of the expression, None when there is none."""
        if isinstance(self.node, Operation) and self.node.operator in COMPARISONS:
            return self.node.operands[0], self.node.operands[1]
        return None


def tidy(number: float) -> int | float:
    """Return a number without the noise of binary fractions: 12.0 reads 12, 0.30000000000000004 reads 0.3."""
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


def show(value: object) -> str:
    """Return a value as a message shows it."""
    if value is None:
        return "空"
    return str(tidy(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _read_rule(file: str, keys: Keys, parent: Rule | None = None) -> Rule:
    """Read one [[rule]] block, or the ``weaker`` part of ``parent``."""
    expression = keys.take("expression", (str, dict), "")
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
        severity=Severity(severity),
        basis=parent.basis if parent else keys.take("basis", str),
        references=parent.references if parent else tuple(keys.take("references", list)),
        message=keys.take("message", str),
        next=keys.take("next", str),
        why=parent.why if parent else keys.take("why", str),
        expressions={"": expression} if isinstance(expression, str) else expression,
        each=parent.each if parent else each,
        editions=parent.editions if parent else tuple(keys.take("editions", list, [])),
        last_editions=tuple(keys.take("last_editions", list, [])),
        kinds=tuple(keys.take("kinds", list, [])),
        kinds_except=tuple(keys.take("kinds_except", list, [])),
        from_year=keys.take("from_year", int, 0),
        call=keys.take("call", str, ""),
        waivable=keys.take("waivable", bool, severity == Severity.WARNING),
        status=parent.status if parent else keys.take("status", str, "stable"),
        since=parent.since if parent else keys.take("since", str, "0.1.0"),
        identity=keys.take("identity", bool, False),
        fills=keys.take("fills", bool, False),
        in_both_years=keys.take("in_both_years", bool, False),
        left_label=keys.take("left_label", str, ""),
        right_label=keys.take("right_label", str, ""),
        weaker=None,
        file=file,
        asked_by=keys.take("asked_by", str, LAW),
        unless_asked=keys.take("unless_asked", str, ""),
        yields_to=tuple(keys.take("yields_to", list, [])),
    )
    if rule.asked_by not in (LAW, LOCAL) or (rule.asked_by == LOCAL) != (rule.unless_asked in (OFF, Severity.HINT)):
        raise BadEditionFile(
            file, f"{keys.where}.asked_by", "asked_by 是 law，或者是 local 并写明 unless_asked（off、hint）"
        )
    if rule.basis not in BASES:
        raise BadEditionFile(file, f"{keys.where}.basis", f"不认识的依据种类 {rule.basis}")
    if rule.status not in STATES:
        raise BadEditionFile(file, f"{keys.where}.status", f"不认识的状态 {rule.status}")
    keys.done()
    if weaker is not None:
        object.__setattr__(rule, "weaker", _read_rule(file, Keys(file, f"{keys.where}.weaker", weaker), rule))
    return rule


@lru_cache
def catalogue() -> Mapping[str, Rule]:
    """Return all rules by code, in the order of the files; BadEditionFile names file and key at fault."""
    rules: dict[str, Rule] = {}
    for path in sorted(RULES.glob("*.toml")):
        file = f"checks/rules/{path.name}"
        try:
            top = Keys(file, "", tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
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


@lru_cache
def retired() -> Mapping[str, str]:
    """Return the codes that no rule may bear again, each with what became of it."""
    found: Mapping[str, str] = tomllib.loads(RETIRED.read_text(encoding="utf-8"))["retired"]
    return found


def rule(code: str) -> Rule:
    """Return the rule with this code; UnknownRule when there is none, or none any more."""
    try:
        return catalogue()[code.upper()]
    except KeyError:
        if code.upper() in retired():
            raise UnknownRule(f"规则 {code.upper()} 已经停用：{retired()[code.upper()]}") from None
        raise UnknownRule(f"没有规则 {code}；用“gk-xl rules”查看全部代码。") from None


def _subjects(rule: Rule, edition: Edition, last: Edition) -> Iterator[dict[str, str]]:
    """Yield what ``each`` stands for: one mapping of variable to identifier an instance."""
    if not rule.each:
        yield {}
        return
    ((variable, domain),) = rule.each.items()
    if isinstance(domain, str):
        table, _, axis = domain.partition(".")
        names: tuple[str, ...] = getattr(edition.table(table), axis)
    elif variable == "cell":
        names = tuple(cell.id for pattern in domain for cell in edition.matching(pattern))
        if rule.in_both_years:
            names = tuple(name for name in names if name in last.cells)
    else:
        names = domain
    for name in names:
        yield {variable: name}


def _label(edition: Edition, rule: Rule, variable: str, name: str) -> str:
    """Return the printed label of what a variable stands for."""
    if variable == "cell":
        return edition.describe(name)
    domain = rule.each[variable]
    tables = [edition.table(domain.partition(".")[0])] if isinstance(domain, str) else edition.tables
    for table in tables:
        if variable == "c" and name in table.column_labels:
            return table.column_labels[name]
        if variable == "r" and name in table.row_labels:
            return table.row_labels[name][-1]
    return name


@cache
def instances(code: str, edition_id: str, last_id: str = "", *, weaker: bool = False) -> tuple[Instance, ...]:
    """Return a rule's bound instances for an edition (and last year's); empty when its expression is none of theirs."""
    known = catalogue()[code]
    chosen = known.weaker if weaker else known
    text = chosen.expression_for(edition_id) if chosen else ""
    if chosen is None or not text or (known.editions and edition_id not in known.editions):
        return ()
    if last_id and known.last_editions and last_id not in known.last_editions:
        return ()
    edition = load_edition(edition_id)
    last = load_edition(last_id or (known.last_editions or (edition_id,))[0])
    bound = []
    for subject in _subjects(known, edition, last):

        def put(template: str, subject: dict[str, str] = subject) -> str:
            for variable, name in subject.items():
                template = template.replace("{" + variable + "}", name)
            return template

        parts = {
            name: bind(parse(put(name)), edition, last)
            for name in _PLACEHOLDER.findall(chosen.message + chosen.next)
            if "." in put(name) and name not in subject
        }
        labels = {variable: _label(edition, known, variable, name) for variable, name in subject.items()}
        bound.append(Instance(chosen, bind(parse(put(text)), edition, last), labels, parts, subject))
    return tuple(bound)


def live_instances(edition_id: str) -> Iterator[Instance]:
    """Yield the instances that the sheets check live: what an expression says of this year's tables."""
    for known in catalogue().values():
        if known.severity is not Severity.HINT and not known.about_last_year:
            yield from instances(known.code, edition_id)


def identities(edition_id: str) -> Iterator[tuple[Instance, Mapping[CellId, int]]]:
    """Yield the linear identities of an edition with their coefficients: sum(coefficient × value) is 0."""
    for known in catalogue().values():
        if known.identity:
            for instance in instances(known.code, edition_id):
                coefficients = linear(instance.node)
                if coefficients is None:
                    raise BadEditionFile(known.file, known.code, "identity 只能用于加减相等的式子")
                yield instance, {ref.cell: sign for ref, sign in coefficients.items()}
