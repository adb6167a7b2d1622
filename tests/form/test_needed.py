"""What a text must have for a pattern to be found: asked first, it changes nothing that a pattern finds."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import random
import re
from re import _compiler, _constants, _parser

import pytest

import gk_xl.checks
import gk_xl.form
import gk_xl.sources
import gk_xl.workbook
from gk_xl.checks.text_rules.words import Words
from gk_xl.form import patterns
from gk_xl.form.needed import DIGIT, as_set, needed
from gk_xl.form.patterns import regex

SIGNS = "甲年月日件条的，。、（）《》12 0%一二是无未 \n共a٣"


def of(written: str, flags: int = 0):
    parsed = _parser.parse(written, flags)
    return needed(parsed, [int(step) for step in _compiler._code(parsed, flags)])


@pytest.mark.parametrize(
    ("written", "need"),
    [
        (r"结转(?!果)", None),  # re itself looks for the first letters
        (r"(?:^|，)结转", "结转"),
        (r"(?<!\d)结转(?!果)", "结转"),
        (r"(?:^|，)(?:共|计)?(\d+)", frozenset({DIGIT})),
        (r"(?:^|，).{0,9}《", "《"),
        (r"(?<!甲)[^，]*(?:乡|镇(?=长))", frozenset("乡镇")),
        (r"[^，]*(?:乡|.)", None),
        (r"[^，]*(?:乡|镇)?", None),
        (r"[^，]*(?:乡|镇){2}", frozenset("乡镇")),
        (r"[^，]*[^乡]", None),
        (r"[^，]*(?!乡)", None),
        (r"[^，]*(?=乡)", "乡"),
        (r"[^，]*(?<=乡)", "乡"),
        (r"[^，]*[^\d]\s\w", None),
        (r"[^a]*(?i:o)", None),
        (r"[^，]*[A-Z]", None),
        (r"(?P<one>[^，]{2,8})(?P=one)", None),
        (r"", None),
        (r"[^，]*，", None),  # nearly every sentence has it
    ],
)
def test_what_is_needed(written, need):
    assert of(written) == need


def test_capitals_are_not_told_apart_where_the_pattern_does_not():
    assert of(r"[^，]*o", re.IGNORECASE) is None


def test_a_figure_of_any_script_is_one():
    found = re.compile(as_set(frozenset({DIGIT, "件", "]"}))).search
    assert [bool(found(text)) for text in ("共٣", "1", "十二²", "件", "]", "[", "\\d")] == [1, 1, 0, 1, 1, 0, 0]
    assert regex(r"(?:^|共)(\d)").search("共٣件")[1] == "٣"


def test_all_of_a_pattern_says_what_re_says():
    """Whatever is asked of it, in whatever way, where the text has what is needed and where it has not."""
    for written in (r"(?:^|，)结转(\d)", r"(?<!\d)[^，]*?(\d+)件", r"[^，]?(?:《|〈)"):
        ours, plain = regex(written), re.compile(written)
        for text in ("", "结转", "，结转3件", "共3件，结转4，结转5", "《甲》〈乙〉", "无"):
            for at in range(3):
                assert told(ours.search(text, at)) == told(plain.search(text, at))
                assert told(ours.search(text, 0, at)) == told(plain.search(text, 0, at))
            assert [*map(told, ours.finditer(text))] == [*map(told, plain.finditer(text))]
            assert ours.findall(text) == plain.findall(text)
            assert ours.split(text, maxsplit=1) == plain.split(text, maxsplit=1)
            for count in (0, 1):
                assert ours.sub("□", text, count=count) == plain.sub("□", text, count=count)
                assert ours.sub(lambda _: "□", text, count) == plain.sub(lambda _: "□", text, count)
            assert ours.subn("□", text) == plain.subn("□", text)
            assert told(ours.match(text)) == told(plain.match(text))


def told(match):
    return match and (match.span(), match.groups())


def test_no_pattern_of_ours_finds_less_for_it():
    """Texts made of each pattern's own parts, near to what it finds, and of what most reports say."""
    dice = random.Random(5)
    guarded = 0
    for pattern in patterns_of_ours():
        flags = pattern.__dict__["_flags"]
        plain = re.compile(pattern.pattern, flags)
        guarded += of(pattern.pattern, flags) is not None
        parsed = _parser.parse(pattern.pattern, flags)
        hits = 0
        for _ in range(40):
            text = made(list(parsed), dice)
            text = dice.choice(("", "。", "甲")) + text + dice.choice(("", "。", "，", "乙"))
            wanted = plain.search(text)
            hits += wanted is not None
            assert told(pattern.search(text)) == told(wanted), (pattern.pattern, text)
            assert pattern.findall(text) == plain.findall(text)
            assert pattern.sub("□", text) == plain.sub("□", text)
    assert guarded > 200


def patterns_of_ours() -> list[patterns._Pattern]:
    """Return all patterns that stand in the package."""
    for package in (gk_xl.form, gk_xl.checks, gk_xl.workbook, gk_xl.sources):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for words in vars(importlib.import_module(found.name)).values():
                assert not isinstance(words, Words) or [*words]
    gc.unfreeze()  # a command that ended in this process may have put them out of sight
    ours = [item for item in gc.get_objects() if isinstance(item, patterns._Pattern)]
    assert len(ours) > 400
    return ours


def made(items, dice, depth=0) -> str:
    """Return a text that a parsed pattern may find: what stands around it is not looked at."""
    text = ""
    for operator, argument in items:
        if operator is _constants.LITERAL:
            text += chr(argument)
        elif operator in (_constants.NOT_LITERAL, _constants.ANY):
            text += dice.choice(SIGNS)
        elif operator is _constants.IN:
            text += one_of(argument, dice)
        elif operator is _constants.BRANCH:
            text += made(list(dice.choice(argument[1])), dice, depth + 1)
        elif operator is _constants.SUBPATTERN:
            text += made(list(argument[3]), dice, depth + 1)
        elif operator is _constants.ATOMIC_GROUP:
            text += made(list(argument), dice, depth + 1)
        elif operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            least, most, inside = argument
            for _ in range(dice.choice((least, least, min(int(most), least + 2)))):
                text += made(list(inside), dice, depth + 1)
        elif operator is _constants.ASSERT and argument[0] == 1:
            text += dice.choice(("", made(list(argument[1]), dice, depth + 1)))
    return text


def one_of(items, dice) -> str:
    """Return a character of a set."""
    if items[0][0] is _constants.NEGATE:
        return dice.choice(SIGNS)
    operator, argument = dice.choice(items)
    if operator is _constants.LITERAL:
        return chr(argument)
    if operator is _constants.RANGE:
        return chr(dice.randint(*argument))
    return dice.choice(("7", "٣") if argument is _constants.CATEGORY_DIGIT else SIGNS)
