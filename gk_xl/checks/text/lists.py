"""Tokens as they are meant in a list: short names of decisions, and labels whose counts stand behind 分别."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.lexer import Token

LABELS: Final = frozenset({"row", "decision", "applicant", "result", "case", "issue", "repeal", "in_force"})
"""What may be counted in a list whose numbers stand together behind it."""
_BETWEEN: Final = frozenset({"list", "filler", "be", "among", "every"})


def told_apart(text: str, edition_id: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence, each label with its own count, 许可 for 行政许可 where decisions are listed."""
    found = _in_full(tokens(text, edition_id))
    return _paired(found) if any(token.text == "分别" for token in found) else found


def _in_full(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 许可, 处罚, 强制 as decisions beside another decision, else as words that make something another matter."""
    short = {token.name for token in found if token.sort == "short"}
    if not short:
        return found
    listed = len(short) > 1 or any(token.sort == "decision" for token in found)
    sorts = {"licence": "part"}
    return tuple(
        token
        if token.sort != "short"
        else token._replace(sort="decision" if listed else sorts.get(token.name, "unknown"))
        for token in found
    )


def _paired(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 不予公开、其他处理分别为19件、5件 as 不予公开19件、其他处理5件; what does not pair off stays as it is."""
    at = next(index for index, token in enumerate(found) if token.text == "分别")
    labels = _labels(found[:at])
    counts, end = _counts(found, at + 1)
    if len(labels) < 2 or len(labels) != len(counts):
        return found
    first = found.index(labels[0])
    pairs = [part for label, count in zip(labels, counts, strict=True) for part in (label, count, _comma(count))]
    return (*found[:first], *pairs[:-1], *found[end:])


def _labels(before: Sequence[Token]) -> list[Token]:
    """Return the labels that stand right before 分别, in their order."""
    labels: list[Token] = []
    for token in reversed(before):
        if token.sort in LABELS:
            labels.insert(0, token)
        elif token.name != "、" and token.sort not in _BETWEEN and not _kinds(token):
            break
    return labels


def _kinds(token: Token) -> bool:
    """Return whether a count only says how many labels there were: 三类."""
    return token.sort == "count" and token.name == "类"


def _counts(found: Sequence[Token], start: int) -> tuple[list[Token], int]:
    """Return the counts that stand together from a place on, and where they end."""
    counts, end = [], start
    for index in range(start, len(found)):
        token = found[index]
        if token.sort == "count":
            counts.append(token)
            end = index + 1
        elif token.name != "、" and token.sort not in ("list", "be"):
            break
    return counts, end


def _comma(count: Token) -> Token:
    """Return a 、 behind a count."""
    return count._replace(sort="mark", name="、", start=count.end, end=count.end, text="、", value=0, counted=None)
