"""What is kept of our own files: the same as what is made of them, made anew where a file changed or what was kept is bent."""

from __future__ import annotations

import sys

import pytest

from gk_xl.checks import binding, catalogue
from gk_xl.checks.text import grammar
from gk_xl.form import prebuilt as kept
from gk_xl.form.load import edition_ids
from gk_xl.workbook import expected
from gk_xl.workbook.layout import layout


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Yield a package of our own, with one file, in which anything may be kept."""
    for folder in kept.OF:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "form" / "one.toml").write_text("a = 1", encoding="utf-8")
    monkeypatch.setattr(kept, "PACKAGE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept._stamp.cache_clear()
    yield tmp_path
    kept._stamp.cache_clear()


class Made:
    """Something that counts how often it was made."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"of": ("甲", 1.5, None), "time": 1}


def again(made):
    kept._stamp.cache_clear()
    return kept.prebuilt("thing", made)


def test_what_was_made_once_is_kept(package):
    made = Made()
    assert again(made) == again(made) == {"of": ("甲", 1.5, None), "time": 1}
    assert made.times == 1
    assert [path.suffix for path in (package / "form" / "__pycache__").iterdir()] == [".built"]


@pytest.mark.parametrize("folder", kept.OF)
def test_it_is_made_anew_when_a_file_changed_came_or_went(package, folder):
    made = Made()
    again(made)
    file = package / folder / "new.py"
    for number, change in enumerate(
        (lambda: file.write_text("1"), lambda: file.write_text("12"), file.unlink, (package / folder / "sub").mkdir)
    ):
        change()
        again(made)
        assert made.times == 2 + min(number, 2), change
    (package / folder / "sub" / "b.toml").write_text("", encoding="utf-8")
    again(made)
    assert made.times == 5


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 40])
def test_bent_things_are_made_anew(package, data):
    made = Made()
    again(made)
    (file,) = (package / "form" / "__pycache__").iterdir()
    for bent in (data, file.read_bytes()[:-3], kept._stamp() + data):
        file.write_bytes(bent)
        assert again(made)["time"] == 1
    assert made.times == 4


def test_nothing_is_kept_where_nothing_may_be(package, monkeypatch):
    made = Made()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    again(made)
    assert not (package / "form" / "__pycache__").exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (package / "form" / "__pycache__").write_text("a file", encoding="utf-8")
    assert again(made)["time"] == 1
    assert made.times == 2


def test_what_others_hold_is_theirs(package):
    one, other = object(), {"a": 1}

    def read():
        return kept.prebuilt(
            "two", lambda: [one, other, one], lambda thing: "one" if thing is one else None, {"one": one}.get
        )

    assert read()[0] is one
    assert read() == [one, other, one]


@pytest.mark.parametrize("edition", edition_ids())
def test_rules_and_their_instances_are_those_of_the_files(package, edition):
    """Kept, then read back: as the files say, and of one catalogue."""
    made = catalogue._worded_in(catalogue._written(), edition)
    for _ in range(2):
        kept._stamp.cache_clear()
        assert catalogue.catalogue_of.__wrapped__(edition) == made
        found = binding._all_bound.__wrapped__(edition)
        rules = catalogue.catalogue_of(edition)
        assert {code for code, _ in found} == {code for code, rule in rules.items() if rule.expressions}
        for (code, weaker), instances in found.items():
            assert instances == binding._bind(code, edition, "", weaker=weaker)
            for instance in instances:
                assert instance.rule is (rules[code].weaker if weaker else rules[code])
    assert len(list((package / "form" / "__pycache__").glob("*.built"))) == 2


def test_readings_are_those_of_the_grammar(package):
    for _ in range(2):
        codes, readings = grammar._kept.__wrapped__()
        assert codes == grammar._coding()
        plain = grammar._readings()
        assert [item.pattern.pattern for item in readings] == [item.pattern.pattern for item in plain]
        names = [name for name in grammar.Reading.__dataclass_fields__ if name != "pattern"]
        assert [[getattr(item, name) for name in names] for item in readings] == [
            [getattr(item, name) for name in names] for item in plain
        ]


@pytest.mark.parametrize(("edition", "last"), [("2021", "2021"), ("2021", "2019"), ("2019", "2019")])
def test_the_plan_is_that_of_a_blank_workbook(package, edition, last):
    form = layout(edition, last)
    for _ in range(2):
        assert expected._kept(form) == expected._planned(form)
    assert expected._kept(form).form is form
