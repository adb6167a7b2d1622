"""Pages that are generated stay what they are generated from; real output follows the published schemas."""

from __future__ import annotations

import json
import random
import re

import pytest
from jsonschema import Draft202012Validator

from gk_xl.addin.buttons import LABELS
from gk_xl.checks import catalogue as rules
from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.errors import UnknownRule
from gk_xl.form.filing import Filing
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


def schema(name: str) -> Draft202012Validator:
    """Return a published schema, itself checked."""
    text = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(text)
    return Draft202012Validator(text)


def test_the_page_of_rules_is_what_the_catalogue_says(capsys):
    """docs/rules.md: ``gk-xl rules --markdown > docs/rules.md`` renews it."""
    main(["rules", "--markdown"])
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == capsys.readouterr().out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_filing_follows_its_schema(path):
    """The examples, and what is written of them."""
    filing = Filing.loads(path.read_text(encoding="utf-8"), path.name)
    schema("filing").validate(json.loads(path.read_text(encoding="utf-8")))
    schema("filing").validate(filing.as_json())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_verdict_follows_its_schema(path, tmp_path, capsys):
    """One file, several, and one that cannot be read among them."""
    main(["check", str(path), "--json"])
    schema("check").validate(json.loads(capsys.readouterr().out))
    broken = tmp_path / "坏.json"
    broken.write_text("{", encoding="utf-8")
    main(["check", str(path), str(broken), "--json"])
    printed = json.loads(capsys.readouterr().out)
    schema("check").validate(printed)
    assert "error" in printed[1]


@pytest.mark.variants(4)
@pytest.mark.parametrize("seed", range(5, 9))
def test_verdicts_of_mutilated_filings_follow_the_schema(seed):
    """Texts, blanks and wrong numbers anywhere give findings and suspects of the published shape."""
    rng, valid = random.Random(seed), schema("check")
    filing = Filing.loads(EXAMPLES[0].read_text(encoding="utf-8"), "示例")
    for _ in range(5):
        cells = dict(filing.cells)
        for cell in rng.sample(sorted(cells), 6):
            cells[cell] = rng.choice([None, "无", "３件", 1.5, -2, 40, 7])
        valid.validate(json.loads(json.dumps(check(filing.with_cells(cells)).as_json())))


def test_a_schema_that_is_broken_is_noticed():
    """The schemas can fail: a finding without its code, a cell of another shape."""
    result = check(Filing.loads(EXAMPLES[0].read_text(encoding="utf-8"), "示例")).as_json()
    result["counts"].pop("error")
    assert not schema("check").is_valid(result)
    assert not schema("filing").is_valid(
        {"edition": "2021", "year": 2025, "unit": {}, "cells": {"J8": 1}, "narrative": {}}
    )


def test_a_retired_code_is_told_and_never_used_again(monkeypatch, tmp_path):
    """explain says what became of it; a rule that bears it is refused."""
    rules.catalogue()  # known before, whichever test came first
    page = tmp_path / "retired.toml"
    page.write_text('[retired]\nX-99 = "并入 X-05。"\nT3-01 = "试验。"\n', encoding="utf-8")
    monkeypatch.setattr(rules, "RETIRED", page)
    rules.retired.cache_clear()
    try:
        with pytest.raises(UnknownRule, match="X-99 已经停用：并入 X-05"):
            rules.rule("x-99")
        with pytest.raises(Exception, match="T3-01 已经停用"):
            rules._written.__wrapped__()
    finally:
        monkeypatch.undo()
        rules.retired.cache_clear()


def test_the_page_of_rules_tells_the_next_code(monkeypatch):
    """Behind every code that is or was in use: a rule given up keeps its own."""
    from gk_xl.cli.commands import catalogue as command

    for family in command.FAMILIES:
        code = command.next_code(family)
        assert f"新规则用 {code}）" in command.page(list(rules.catalogue().values()))
        assert code > max(known for known in rules.catalogue() if known.startswith(f"{family}-"))
    code = command.next_code("T3")
    monkeypatch.setattr(command, "retired", lambda: {code: "试验。"})
    assert command.next_code("T3") == f"T3-{int(code[3:]) + 1:02d}"


def test_the_readme_names_every_button_and_what_takes_no_json(tmp_path, capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"（{'、'.join(LABELS.values())}）" in readme
    assert "命令接受工作簿或填报数据（JSON），`repair` 和 `slip` 只接受工作簿" in readme
    for name in ("repair", "slip"):
        assert main([name, str(EXAMPLES[0]), "-o", str(tmp_path / "新.xlsx")]) == 2
        assert "工作簿" in capsys.readouterr().err


def _imports() -> set[tuple[str, str]]:
    """Which room of gk_xl imports which."""
    found = set()
    for path in (ROOT / "gk_xl").glob("*/**/*.py"):
        room = path.relative_to(ROOT / "gk_xl").parts[0]
        found |= {(room, name) for name in re.findall(r"(?:from|import) gk_xl\.(\w+)", path.read_text("utf-8"))}
    for path in (ROOT / "gk_xl").glob("[a-z]*.py"):
        found |= {(path.stem, name) for name in re.findall(r"(?:from|import) gk_xl\.(\w+)", path.read_text("utf-8"))}
    return {(room, other) for room, other in found if room != other}


def _reached(arrows: set[tuple[str, str]], start: str) -> set[str]:
    seen: set[str] = set()
    while more := {other for room, other in arrows if room in seen | {start}} - seen:
        seen |= more
    return seen


def test_the_picture_of_the_rooms_is_the_imports():
    """docs/design.md: each arrow that does not follow from others, no arrow more."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").partition("flowchart BT")[2].partition("```")[0]
    drawn = {
        (room, other)
        for room, others in re.findall(r"^  (\w+) --> (.+)$", text, re.MULTILINE)
        for other in others.split(" & ")
    }
    arrows = _imports()
    assert drawn == {(room, other) for room, other in arrows if other not in _reached(arrows - {(room, other)}, room)}


def test_the_way_of_a_number_goes_through_modules_that_are_there():
    """docs/design.md: what the picture names is a file, and README and CONTRIBUTING lead to it."""
    text = (
        (ROOT / "docs" / "design.md")
        .read_text(encoding="utf-8")
        .partition("### The way of a number")[2]
        .partition("```\n\n")[0]
    )
    named = re.findall(r"(\w+)/([\w, .]+\.py)", text)
    assert len(named) > 8
    for room, files in named:
        for file in files.split(", "):
            assert (ROOT / "gk_xl" / room / file).is_file(), f"{room}/{file}"
    for page in ("README.md", "CONTRIBUTING.md"):
        assert "docs/design.md#the-way-of-a-number" in (ROOT / page).read_text(encoding="utf-8")
