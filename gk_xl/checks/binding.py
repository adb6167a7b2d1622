"""Rules bound to an edition: one instance for each row, column or cell, its expression over cells that exist."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import PLACEHOLDER, PROFILE_RULES, catalogue, catalogue_of
from gk_xl.checks.expression import COMPARISONS, LAST, Node, Operation, Ref, bind, linear, mentions, parse
from gk_xl.errors import BadEditionFile, GkXlError, UnknownCell
from gk_xl.form.finding import Severity
from gk_xl.form.load import MARK, base_id, edition_ids, load_edition
from gk_xl.form.prebuilt import prebuilt
from gk_xl.form.profile import FILE as PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.schema import CellId, Edition


@dataclass(frozen=True)
class Instance:
    """A rule for one row, column or cell of one edition: its bound expression and what its message needs."""

    rule: Rule
    node: Node
    labels: Mapping[str, str]
    parts: Mapping[str, Node]  # placeholder → expression whose value stands there
    subject: Mapping[str, str]  # variable → identifier
    text: str  # the expression as the rule writes it

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


def _subjects(rule: Rule, edition: Edition) -> Iterator[dict[str, str]]:
    """Yield what ``each`` stands for, but ``besides``: one mapping of variable to identifier an instance."""
    if not rule.each:
        yield {}
        return
    ((variable, domain),) = rule.each.items()
    if isinstance(domain, str):
        table, _, axis = domain.partition(".")
        names: tuple[str, ...] = getattr(edition.table(table), axis)
    elif variable == "cell":
        names = tuple(cell.id for pattern in domain for cell in edition.matching(pattern))
    else:
        names = domain
    for name in names:
        if name not in rule.besides:
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


def instances(code: str, edition_id: str, last_id: str = "", *, weaker: bool = False) -> tuple[Instance, ...]:
    """Return a rule's instances bound to an edition and last year's ("": the same): those whose cells exist in them."""
    if last_id == edition_id or not _asks_of_last(code, edition_id):
        last_id = ""  # bound once, whatever form last year had
    return _bound(code, edition_id, last_id, weaker=weaker)


@cache
def with_milder(code: str, edition_id: str, last_id: str) -> tuple[tuple[Instance, Instance | None], ...]:
    """Return a rule's instances, each with that of what is asked about the same where it holds, if anything is."""
    milder = () if catalogue_of(edition_id)[code].weaker is None else instances(code, edition_id, last_id, weaker=True)
    known = {tuple(instance.subject.items()): instance for instance in milder}
    return tuple(
        (instance, known.get(tuple(instance.subject.items()))) for instance in instances(code, edition_id, last_id)
    )


@cache
def _asks_of_last(code: str, edition_id: str) -> bool:
    """Return whether a rule, or what is asked where it holds, mentions a cell of last year's."""
    known = catalogue_of(edition_id)[code]
    rules = [known] if known.weaker is None else [known, known.weaker]
    return any(LAST in text for rule in rules for text in (*rule.expressions, rule.message, rule.next))


@cache
def _bound(code: str, edition_id: str, last_id: str, *, weaker: bool) -> tuple[Instance, ...]:
    if not last_id and MARK not in edition_id and catalogue_of(edition_id)[code].expressions:
        return _all_bound(edition_id)[code, weaker]
    return _bind(code, edition_id, last_id, weaker=weaker)


@cache
def _all_bound(edition_id: str) -> Mapping[tuple[str, bool], tuple[Instance, ...]]:
    """Return the instances of all rules of a statutory edition, by code, and whether they are those of its milder part."""
    rules = {code: rule for code, rule in catalogue_of(edition_id).items() if rule.expressions}
    names = {id(rule): code for code, rule in rules.items()}
    names |= {id(rule.weaker): f"{code} weaker" for code, rule in rules.items() if rule.weaker is not None}

    def made() -> dict[tuple[str, bool], tuple[Instance, ...]]:
        bound = {
            (code, weaker): _bind(code, edition_id, "", weaker=weaker) for code in rules for weaker in (False, True)
        }
        for instance in itertools.chain.from_iterable(bound.values()):
            _ = instance.about_last_year  # worked out once, and kept with it
        return bound

    def found(name: str) -> Rule | None:
        code, _, weaker = name.partition(" ")
        return rules[code].weaker if weaker else rules[code]

    return prebuilt(f"bound_{edition_id}", made, lambda thing: names.get(id(thing)), found)


def _bind(code: str, edition_id: str, last_id: str, *, weaker: bool) -> tuple[Instance, ...]:
    """Return the instances of a rule, or of its milder part, bound to an edition and last year's."""
    known = catalogue_of(edition_id)[code]
    chosen = known.weaker if weaker else known
    if chosen is None or not chosen.expressions or (known.only and base_id(edition_id) not in known.only):
        return ()
    edition, last = load_edition(edition_id), load_edition(last_id or edition_id)
    bound = (_first_that_binds(chosen, subject, edition, last) for subject in _subjects(known, edition))
    return tuple(instance for instance in bound if instance is not None)


def _first_that_binds(rule: Rule, subject: dict[str, str], edition: Edition, last: Edition) -> Instance | None:
    """Return a rule for one subject, by the first of its expressions that binds; None when the forms lack the cells."""
    for text in rule.expressions:
        try:
            return _instance(rule, text, subject, edition, last)
        except UnknownCell:
            continue
    return None


def _instance(rule: Rule, text: str, subject: dict[str, str], edition: Edition, last: Edition) -> Instance:
    """Return a rule bound to one subject by one expression; UnknownCell when it, or the message, mentions no cell."""

    def put(template: str) -> str:
        for variable, name in subject.items():
            template = template.replace("{" + variable + "}", name)
        return template

    parts = {
        name: bind(parse(put(name)), edition, last)
        for name in PLACEHOLDER.findall(rule.message + rule.next)
        if "." in put(name) and name not in subject
    }
    labels = {variable: _label(edition, rule, variable, name) for variable, name in subject.items()}
    return Instance(rule, bind(parse(put(text)), edition, last), labels, parts, subject, text)


def expression_in(code: str, edition_id: str) -> str:
    """Return the expression by which a rule holds in an edition; empty when a function judges it, or nothing binds."""
    for last_id in ("", *reversed(edition_ids())):
        for instance in instances(code, edition_id, last_id):
            return instance.text
    return ""


@cache
def editions_of(code: str) -> tuple[str, ...]:
    """Return the editions in which a rule of the catalogue holds: those that have its cells.

    What judges the annexes of a profile holds in all: any edition may have a profile.
    """
    known = catalogue()[code]
    return tuple(
        edition_id
        for edition_id in edition_ids()
        if (not known.only or edition_id in known.only)
        and load_edition(edition_id).cells.keys() >= set(known.needs)
        and (not known.expressions or code in PROFILE_RULES or expression_in(code, edition_id))
    )


def live_instances(edition_id: str) -> Iterator[Instance]:
    """Yield the instances that the sheets check live: what an expression says of this year's tables."""
    for known in catalogue_of(edition_id).values():
        if known.severity is not Severity.HINT and not known.about_last_year:
            yield from instances(known.code, edition_id)


def identities(edition_id: str) -> Iterator[tuple[Instance, Mapping[CellId, int]]]:
    """Yield the linear identities of an edition with their coefficients: sum(coefficient × value) is 0."""
    for known in catalogue_of(edition_id).values():
        if known.identity:
            for instance in instances(known.code, edition_id):
                coefficients = linear(instance.node)
                if coefficients is None:
                    raise BadEditionFile(known.file, known.code, "identity 只能用于加减相等的式子")
                yield instance, {ref.cell: sign for ref, sign in coefficients.items()}


def require_usable(edition_id: str) -> None:
    """Raise BadEditionFile when a rule that a profile adds cannot be bound to its edition."""
    edition = load_edition(edition_id)
    for code in catalogue_of(edition_id).keys() - catalogue().keys():
        local = catalogue_of(edition_id)[code]
        try:
            for subject in _subjects(local, edition):
                if local.expressions and _first_that_binds(local, subject, edition, edition) is None:
                    _instance(local, local.expressions[0], subject, edition, edition)
        except GkXlError as error:
            raise BadEditionFile(PROFILE, code, str(error)) from None
