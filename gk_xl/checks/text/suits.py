"""Suits told by whether a reconsideration went before, in whatever words: 没经过复议直接告到法院, 复议后又被起诉."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from gk_xl.checks.text.lexer import Token
from gk_xl.checks.text.paired import PERSONS
from gk_xl.form.patterns import regex

_SUED: Final = (
    r"(?:而|就|即|便|又|再|仍|还|接着|继续|被|直接|径直|径行){0,4}(?:[向到去](?:人民)?法院)?(?:提起|起诉|告到|告上|诉至|诉到|打到|告|打)了?"
    r"(?:的?(?:行政)?诉讼|官司|(?:人民)?法院|法庭)?"
)
_KINDS: Final = (
    (
        "suit_direct",
        regex(
            r"(?:没有?|未曾?|不|无需)(?:先行?)?(?:经过?|走过?|申请过?|提起?过?|通过)?(?:行政)?复议(?:程序|阶段|环节)?"
            + _SUED
        ),
    ),
    ("suit_after", regex(r"(?:先行?)?(?:经过?|走完)?(?:行政)?复议(?:程序)?(?:完|之后|以后|过后|结束后|后)" + _SUED)),
)


def by_reconsideration(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence with such words as one kind of suits; those that cut into a word of another sort stay."""
    kept = list(found)
    for kind, pattern in _KINDS:
        starts = [token.start for token in kept]
        for match in reversed(list(pattern.finditer(text))):
            at, end = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
            first, last = kept[at], kept[end - 1]
            before = first._replace(end=match.start(), text=text[first.start : match.start()])
            behind = last._replace(start=match.end(), text=text[match.end() : last.end])
            if end - at > 1 and not any(token.text and token.sort != "unknown" for token in (before, behind)):
                told = Token("case", kind, match.start(), match.end(), match[0])
                kept[at:end] = [token for token in (before, told, behind) if token.text]
    return tuple(kept)


def gone_on(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens without the ， between those who would not have an answer and the cases that they brought: 1名申请人对答复不服，申请行政复议."""
    kept: list[Token] = []
    clauses: list[list[Token]] = [[]]
    for token in found:
        clauses[-1].append(token)
        if token.sort == "mark":
            clauses.append([])
    for one, other in zip(clauses, [*clauses[1:], []], strict=True):
        sorts = [token.sort for token in one]
        unwilling = (
            sorts[-2:] == ["despite", "mark"]
            and one[-1].name == "，"
            and [t.name in PERSONS for t in one if t.sort == "count"] == [True]
        )
        brought = any(token.sort == "case" for token in other) and not any(token.sort in _TOLD for token in other)
        kept += one[:-1] if unwilling and brought else one
    return tuple(kept)


_TOLD: Final = ("count", "negation", "result")


_AGAINST_US: Final = regex(
    r"以[我本][\u4e00-\u9fff]{1,3}为被(?:申请人|告)|[涉对]及?(?:[我本][局委办厅镇乡院所校]|本机关|本单位|我街道|本街道)|作为被申请人"
)
_TRIED: Final = ("审理", "承办", "受理", "办理", "收到")
_BETWEEN: Final = frozenset({"filler", "unknown", "disclosure", "application", "answer", "be"})


def against_us(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """Return the tokens with what an organ did with cases that were brought against the unit as no word of its own: 复议机关审理涉我局案件5件."""
    if not _AGAINST_US.search(text):
        return found
    kept: list[Token] = []
    run: list[Token] = []
    for token in (*found, None):
        if token is not None and token.sort != "mark":
            run.append(token)
            continue
        kept += _plain(run) if any(other.sort == "case" for other in run) else run
        kept += [token] if token is not None else []
        run = []
    return tuple(kept)


def _plain(run: list[Token]) -> list[Token]:
    """Return the words between two marks, those of trying such cases as filling; and what stands between 复议机关 and the number, too."""
    text = "".join([token.text for token in run])
    if not (match := _AGAINST_US.search(text)):
        return run
    at = run[0].start + match.start()
    plain = [
        token._replace(sort="filler", name="word") if token.text in _TRIED and token.start < at else token
        for token in run
    ]
    case = next(index for index, token in enumerate(plain) if token.sort == "case")
    count = next((index for index, token in enumerate(plain) if token.sort == "count"), 0)
    between = plain[case + 1 : count]
    if plain[case].start < at and {token.sort for token in between} <= _BETWEEN:
        filled = [token._replace(sort="filler", name="word") for token in between]
        return [*plain[: case + 1], *filled, *plain[count:]]
    return plain
