"""Words of a match → the rows and columns that they name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text import classified
from gk_xl.checks.text.segments import in_all
from gk_xl.checks.text.subject import ORGANISATIONS, TOGETHER, Subject, applications

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.grammar import Reading
    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.said import Said
    from gk_xl.checks.text.segments import Segment
    from gk_xl.form.schema import Edition

_OF_A_KIND: Final = "kind-of-applicant-count"
_EVERY_COLUMN: Final = ("各项", "各栏", "各列", "各指标")
_COLUMNS: Final = ("issued", "repealed", "in_force", "newly_disclosed", "disclosed_total")
ACTS: Final = ("issue", "repeal", "in_force", "disclose")
_REPEALED: Final = "repealed"
_AND_OPEN: Final = ("并新公开", "并公开")
_HEADS: Final = ("方面", "结果", "情况")
_HEADING: Final = frozenset({"applicant", "application", "filler", "answer", "manage"})
_DECIDED: Final = ("decision", "power")
"""What is decided, and where there is none of it, what may be."""
_OF_ONE: Final = ("carried_in", "carried_out", "received_new")
_OF_ALL: Final = ("be", "every")
_SEVERAL: Final = 2
_COUNTED_ROWS: Final = ("row-count", "count-row")
"""Readings of a row with a number of its own."""


def kinds_of_cases(matched: Sequence[Token]) -> list[str]:
    """Return the kinds of cases that words name, each once: 未经复议直接起诉的行政诉讼 is one."""
    named: list[str] = []
    before = ""
    for token in matched:
        if token.sort == "case" and not (token.name == "litigation" and before.startswith("suit_")):
            if named and before == named[-1] == "reconsideration" and token.name.startswith("suit_"):
                named.pop()  # 没有越过复议直接起诉的
            named.append(token.name)
        before = token.name if token.text != "的" else before
    return list(dict.fromkeys(named))


def headed_case(segment: Segment, before: str) -> str:
    """Return whose cases follow a segment without a number: of the one kind that it is all about (诉讼方面，), of none for several, else as before."""
    kinds = kinds_of_cases(segment.tokens)
    if len(kinds) == 1 and segment.sorts <= {"case", "filler", "list"}:
        return kinds[0]
    return "" if len(kinds) > 1 else before


def rows(matched: Sequence[Token], here: Sequence[Token], found: Sequence[Said]) -> Iterator[Subject]:
    """Yield the row that the words of a match name, in a segment of tokens ``here``: the leaf where a group and one of its rows stand together.

    Nothing where two rows are counted together, or where 其他处理 may be the group or its last row.
    """
    named = [token.name for token in matched if token.sort == "row"]
    row = named[-1]
    leaves = {other for other in named if row.endswith(".*") and other.startswith(row[:-1])} - {row}
    if len(leaves) == 1 and not _and_the_rest(matched):
        row = leaves.pop()
    elif (leaves or _of_the_others(here, matched)) and any(said.subject.row.startswith(row[:-1]) for said in found):
        return  # 信访投诉2件，重复申请及其他不予处理3件: all but that one
    until = here[: 1 + here.index(matched[-1])]
    if row.endswith(".*") and (classified.other_cause(until) or classified.narrowed(here, matched)):
        return  # 因信息不存在无法提供1件, 第三方权益不公开1件: a part of the group
    if any(other not in (row, f"{row.partition('.')[0]}.*", *leaves) for other in named):
        return
    if row == "otherwise.*" and any(token.text in _REST for token in until) and not _all_groups(found):
        return  # 余下55件按其他情形处理: of all rows that were not told
    if row.endswith(".*") and any(token.name == "part" for token in until):
        return  # 补正之后仍不知所指而无法提供1件
    apart = [said for said in found if said.subject.row.startswith("otherwise.") and said.reading in _COUNTED_ROWS]
    if row == "otherwise.*" and (apart or any(token.text in ("另有", "另") for token in until)):
        row = "otherwise.other"  # 逾期不补正2件，其他处理3件: rows of one group
    yield applications("outcome", row)


_REST: Final = ("余下", "其余", "剩余", "剩下", "剩")
_GROUPS: Final = ("refused", "unavailable", "not_processed")


def _all_groups(found: Sequence[Said]) -> bool:
    """Return whether rows of every group but the last have been counted, or their groups."""
    return {said.subject.row.partition(".")[0] for said in found}.issuperset(_GROUPS)


def _and_the_rest(matched: Sequence[Token]) -> bool:
    """Return whether a group stands beside one of its rows, both counted together: 逾期不补正及其他处理9件."""
    return any(
        [one.sort, joint.sort, other.sort] == ["row", "list", "row"] and other.name.endswith(".*")
        for one, joint, other in zip(matched, matched[1:], matched[2:], strict=False)
    )


def _of_the_others(here: Sequence[Token], matched: Sequence[Token]) -> bool:
    """Return whether 其他 stands right before the group that a match names."""
    first = next(token for token in matched if token.sort == "row")
    return first.name.endswith(".*") and any(token.name == "others" and token.end == first.start for token in here)


def parties(reading: Reading, matched: Sequence[Token], found: Sequence[Said], edition: Edition) -> tuple[str, ...]:
    """Return the kinds of applicants that the words of a match name, those counted together as one: 科研机构、公益组织合计3件.

    Where no word names one, all that have not been counted: 其余类别没有.
    """
    if not any(token.sort == "applicant" for token in matched):
        told = {said.subject.column for said in found if said.subject.act == "applicant"}
        return tuple(column for column in edition.table("t3").column_labels if column not in (*told, "total"))
    kinds = tuple(dict.fromkeys(token.name for token in matched if token.sort == "applicant"))
    if reading.id == _OF_A_KIND and {said.subject.column for said in found} & {*kinds}:
        return ()  # 自然人9件（外地居民3件）
    together = reading.says == "count" and any(map(in_all, matched))
    return (TOGETHER.join(kinds),) if together and len(kinds) > 1 and ORGANISATIONS not in kinds else kinds


def parties_before(matched: Sequence[Token]) -> tuple[str, ...]:
    """Return the one kind of applicants whose applications are counted: 1件自然人申请结转下年; not 结转的2件均为自然人申请."""
    kinds = {token.name for token in matched if token.sort == "applicant"}
    first = next((index for index, token in enumerate(matched) if token.sort == "applicant"), 0)
    said_of_all = any(token.sort in _OF_ALL for token in matched[:first])
    return tuple(kinds) if len(kinds) == 1 and not said_of_all else ()


def heading_party(tokens: Sequence[Token]) -> str:
    """Return the one kind of applicants whom a clause heads, empty when it says more: 自然人申请的办理结果, 企业方面; not 企业是主要申请人."""
    plain = bool(tokens) and tokens[0].sort == "applicant" and tokens[-1].text.endswith(_HEADS)
    kinds = {token.name for token in tokens if token.sort == "applicant"}
    return min(kinds) if plain and len(kinds) == 1 and {token.sort for token in tokens} <= _HEADING else ""


def of_party(found: Sequence[Said], party: str) -> Iterator[Said]:
    """Yield what was said under the head of one kind of applicants as said of them; what was answered of them alone has no cell of its own here."""
    for said in found:
        subject = said.subject
        if subject.thing != "application" or subject.column:
            yield said
        elif subject.act in _OF_ONE and not subject.every:
            yield said._replace(subject=subject._replace(column=party))
        elif subject.act == "outcome":
            yield said


def decisions(
    reading: Reading, matched: Sequence[Token], found: Sequence[Said], known: tuple[str, Sequence[str]]
) -> Iterator[Subject]:
    """Yield the rows of decisions that a match names, or goes on with: the one ``known`` last, or every one not counted yet.

    行政处罚事项2项、行政强制事项1项，均未作出决定.
    """
    named = [token.name for token in matched if token.sort in _DECIDED[: 1 + (reading.says == "none")]]
    if reading.after in ("decision", "matters"):
        told = {said.subject.row for said in found if said.subject.thing == "decisions"}
        left = [row for row in dict.fromkeys(known[1]) if row not in told]
        every = any(token.sort == "every" for token in matched)
        named += (
            left if every else [known[0]] if len(left) < _SEVERAL else []
        )  # 许可26项、处罚310项，全年办件318件: together
    yield from (Subject("decisions", row=row) for row in dict.fromkeys(named))


def kept(document: str, edition: Edition) -> str:
    """Return the kind of documents that the next sentence goes on with; none in an edition that asks for what was disclosed, as much else is."""
    return document if f"t2.normative_doc.{_REPEALED}" in edition.cells else ""


def made_and_open(matched: Sequence[Token]) -> bool:
    """Return whether one number is of documents made and of those disclosed: 制作并新公开规范性文件2件."""
    return any(token.sort == "issue" and token.text.endswith(_AND_OPEN) for token in matched)


def documents(
    reading: Reading,
    matched: Sequence[Token],
    here: Sequence[Token],
    found: Sequence[Said],
    known: tuple[str, Edition],
) -> Iterator[Subject]:
    """Yield the columns of documents that acts name: of those named, else of the kind ``known`` from before, in its edition."""
    spoken_of, edition = known
    acts = list(dict.fromkeys(token.name for token in matched if token.sort in ACTS))
    named = {token.name for token in matched if token.sort == "document" and token.name != "file"}
    if not named and any(
        one.sort == "unknown" and other.sort == "document" and one.end == other.start
        for one, other in pairwise(matched)
    ):
        return  # 制发普通文件211件: files of another kind than the sentence spoke of
    kinds = sorted(named or {spoken_of} - {""})
    every = any(token.text in _EVERY_COLUMN for token in here)  # 规章各项均为零
    if reading.after == "documents-counted" and not every:
        yield from (Subject(kind, column=told) for kind in kinds for told in classified.columns_told(found))
        return
    if "newly_disclosed" in acts and classified.stands_open(here, found, matched):
        acts = ["disclosed_total"]
    if reading.id == "documents-none" or reading.after == "documents-counted":
        acts = list(_COLUMNS if every else _COLUMNS[:1])
    if made_and_open(matched):
        acts.append("newly_disclosed")
    none = reading.says == "none" or any(token.sort == "count" and not token.value for token in matched)
    for kind in kinds if none or len(kinds) < 2 else ["documents"]:
        row = "rules" if kind == "rules" else "normative_doc"
        columns = [cell.column for cell in edition.table("t2").cells if cell.row == row]
        yield from (
            Subject(kind, column=column)
            for column in (columns[0] if act == "issued" else act for act in acts)
            if column in columns
        )
