"""X-41, shares that the text gives without their part or their whole, held against 表三.

自然人占87.2%, 占办结总数的51.2%: of which of the totals is left open, so any may be the
whole; what none gives is asked about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.words import names
from gk_xl.checks.text_rules.against_tables.targets import DONE, GRANTED, IN, NEW, applicants_of, sum_of
from gk_xl.checks.text_rules.arithmetic.fractions import SAID, fits
from gk_xl.checks.text_rules.arithmetic.percentages import ending, is_share, told_shares
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence

_WORDS: Final = Words(__file__)

RATE: Final = r"(?:为|是|达到?|约为?|高达|仅为?|：){0,2}(?P<rate>\d+(?:\.\d+)?)%"
"""How a share or a rate is told, right behind its name."""
_LABELLED: Final = regex(
    rf"(?P<label>[^，。；：（）\d%]{{2,24}}?)(?:（(?P<remark>[^（）\d]{{1,12}})）)?(?:占比?|比例|比重|占(?P<of>[^，。；\d]{{1,14}}?))的?{RATE}"
)


class Share(NamedTuple):
    """A share that a sentence gives, and the parts and wholes that it may be of."""

    written: str
    rate: str
    parts: tuple[float, ...]
    wholes: tuple[float, ...]


def of_tables(sentence: Sentence, before: str) -> bool:
    """Return whether the shares of a sentence are of applications or cases; ``before``: of its paragraph."""
    text = sentence.masked
    if "%" not in text or _WORDS.of_others.search(_WORDS.row_words.sub("", text)):
        return False
    named = any(word in before + text for word in ("申请", "办结")) or "复议" in text or "诉讼" in text
    return named or _WORDS.rows.search(text) is not None


def shares(text: str, case: Case) -> Iterator[Share]:
    """Yield the shares that a folded sentence gives of applications."""
    yield from _counted(text, case)
    yield from _labelled(text, case)
    yield from _mainly(text, case)


def unlike(share: Share) -> str:
    """Return what is wrong with a share that no part of no whole gives, empty when one does."""
    pairs = [(part, whole) for whole in share.wholes for part in share.parts if whole and 0 <= part <= whole]
    if not pairs or any(is_share(part, whole, share.rate) for part, whole in pairs):
        return ""
    part, whole = pairs[0]
    decimals = max(len(share.rate.partition(".")[2]), 1)
    return f"按表里的数，{tidy(part)} 占 {tidy(whole)} 的 {100 * part / whole:.{decimals}f}%，写的是“{share.written}”"


def totals(case: Case, of: str = "") -> tuple[float, ...]:
    """Return the totals of applications that a share may be of; of those received, or of those closed, where that is said."""
    new, carried, done = (sum_of([cell], case.filing) for cell in (NEW, IN, DONE))
    if new is None or carried is None or done is None:
        return ()
    received = (new, new + carried)
    if any(word in of for word in ("新收", "新申请", "新接", "收到", "受理")):
        return received
    if any(word in of for word in ("办结", "答复")):
        return (done,) if new != done else (done, *received)
    return (*received, done)


def _counted(text: str, case: Case) -> Iterator[Share]:
    """Yield counts with their share: of all applications, or, where the whole is not told, of a result or kind of applicants.

    21件，占办结总数的51.2%; 办结件中，予以公开14件，占48.3%: a list before it may be meant as a whole.
    """
    for share in told_shares(text):
        if share.unit not in "件份宗" or share.whole or "占" not in share.written:
            continue
        written, parts = share.written[share.written.index("占") :], share.parts
        if not share.plain:
            other = _WORDS.apart.search(share.of) or _whole_said(share.of)
            if _WORDS.of_all.search(share.of) and not other:
                yield Share(written, share.rate, parts, totals(case, share.of))
            elif wholes := _of_row(share.of, case):
                yield Share(written, share.rate, parts, (*wholes, *share.before))
            continue
        label = _WORDS.label.search(text, 0, share.start)
        column, row = named_in(label[0], case.edition.id) if label else ("", "")
        if bool(column) == bool(row):
            continue
        new = sum_of([NEW], case.filing)
        base = None if new is None else _WORDS.of_new.search(text, 0, share.start)
        if base and column and new is not None:
            own = [float(number) for number in _COUNTED.findall(text, base.end(), share.start)]
            yield Share(written, share.rate, ending(share.part, own), (new,))
            continue
        closed = _WORDS.of_closed.search(text, 0, share.start)
        wholes = totals(case, "办结") if closed and row else (*totals(case), *_group_of(row, case))
        if wholes:
            yield Share(written, share.rate, parts, wholes if closed else (*wholes, *share.before))


def _of_row(of: str, case: Case) -> tuple[float, ...]:
    """Return what the result comes to of which a share is said to be: 占不予公开的57.1%."""
    column, row = named_in(of, case.edition.id)
    whole = sum_of([cell.id for cell in case.edition.matching(f"t3.{row}.total")], case.filing) if row else None
    return () if whole is None or column else (whole,)


def _whole_said(of: str) -> bool:
    """Return whether a share is of some of the applications only."""
    return any(
        word in of
        for word in ("类", "不予", "部分", "网", "线上", "信函", "当面", "窗口", "自然人", "企业", "该", "此")
    )


def _group_of(row: str, case: Case) -> tuple[float, ...]:
    """Return what the group of a row comes to, which its share may be of: 无法提供的申请中，不掌握的66件，占83.5%."""
    group, part, _ = row.partition(".")
    cells = [cell.id for cell in case.edition.matching(f"t3.{group}.*.total")]
    whole = sum_of(cells, case.filing) if part else None
    return () if whole is None else (whole,)


_COUNTED: Final = regex(r"(\d+)[件份宗]")


def _labelled(text: str, case: Case) -> Iterator[Share]:
    """Yield shares of a kind of applicants or a result that is named: 自然人占87.2%."""
    for match in _LABELLED.finditer(text):
        if (
            _WORDS.apart.search(match[0])
            or _whole_said(match["label"].partition("中")[0] if "中" in match["label"] else "")
            or match["label"].startswith("的")
            or "率" in match["label"]
            or _WORDS.both_rows.search(match["label"])
        ):
            continue
        sums = _parts_named(match["label"], case)
        wholes = totals(case, match["of"] or "")
        if sums and wholes and not (match["of"] and _whole_said(match["of"])):
            yield Share(match[0].strip("、"), match["rate"], sums, wholes)


_IN_WORDS: Final = regex(
    r"(?:其中)?(?P<label>[^，。；：（）\d%]{2,12}?)(?:占(?:了|到|比)?(?:总数的|总量的|全部(?:申请)?的|新收(?:申请)?的)?|(?=超过?|过半|不足|不到|不及|未到))"
    + SAID
)


def in_words(text: str, case: Case) -> Iterator[str]:
    """Yield fractions in words that a kind of applicants, or a result, is not of any total: 居民个人占三分之二."""
    for match in _IN_WORDS.finditer(text):
        _, row = named_in(match["label"], case.edition.id)
        before = [float(number) for number in _COUNTED.findall(text, 0, match.start("said"))]
        parts, wholes = _parts_named(match["label"], case), (*totals(case), *_group_of(row, case), *before)
        near = any(fits(part / whole, match) for part in parts for whole in wholes if whole)
        if parts and any(wholes) and not near and not _WORDS.apart.search(match["label"]):
            said = match[0][match.start("said") - match.start() :]
            yield f"按表里的数，{tidy(parts[0])} 不是 {tidy(max(wholes))} 的{said}，写的是“{match[0]}”"


_MAINLY: Final = regex(
    rf"以(?P<label>[^，。；：（）\d%、]{{2,12}}?)(?:申请)?(?:为主|居多|最多)，(?:计?(?:有|为)?\d+件，)?(?:占比?|占到|比例){RATE}"
)


def _mainly(text: str, case: Case) -> Iterator[Share]:
    """Yield the share of the kind of applicants that is said to prevail: 以自然人为主，占比达73.2%."""
    for match in _MAINLY.finditer(text):
        parts, wholes = _parts_named(match["label"], case), totals(case)
        if parts and wholes:
            yield Share(match[0], match["rate"], parts, wholes)


def _parts_named(label: str, case: Case) -> tuple[float, ...]:
    """Return the numbers that a kind of applicants or results may have; none when the words name none, or more than one."""
    edition = case.edition
    column, row = named_in(label, edition.id)
    if _WORDS.both.search(label):
        granted = sum_of(GRANTED, case.filing)
        return () if granted is None or "部分公开" not in label or column else (granted,)
    if column and not row:
        sums = [sum_of(cells, case.filing) for cells in applicants_of(column, edition)]
        return tuple(value for value in sums if value is not None)
    if row and not column:
        value = sum_of([cell.id for cell in edition.matching(f"t3.{row}.total")], case.filing)
        return () if value is None else (value,)
    return ()


@lru_cache(maxsize=256)
def named_in(label: str, edition_id: str) -> tuple[str, str]:
    """Return the column and the row that the end of a label names, empty where none or more than one is named."""
    found: dict[str, str] = {}
    for sort in ("applicant", "row"):
        known = names(edition_id, sort)
        forms = [form for form in known if form in label]
        longest = [form for form in forms if not any(form != other and form in other for other in forms)]
        kinds = {known[form] for form in longest}
        if len(kinds) > 1:
            return "", ""
        found[sort] = min(kinds, default="")
    return found["applicant"], found["row"]
