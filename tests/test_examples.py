"""The examples are what they say: untidy ones that import whole, one model report, one with three faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import edition_for, edition_ids, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources

EXAMPLES = Path(__file__).parents[1] / "examples"
SEEDS = EXAMPLES.parent.parent / "shared" / "seeds"
AMOUNT = "t2.procurement.amount"
SHARED = 12
"""So many characters in a row in common with a published text are a copied sentence."""


def load(name):
    return Filing.loads((EXAMPLES / name).read_text(encoding="utf-8"), name)


@pytest.mark.parametrize(
    ("name", "unit", "signed", "numbers", "money"),
    [
        ("2020_示例回族乡.txt", Unit("示例回族乡人民政府", "ethnic_township", "我乡"),
         Signature("示例回族乡人民政府", "2021-02-03"),
         {"t2.rules.made": 3, "t2.normative_doc.made": 228, "t2.procurement.projects": 17, AMOUNT: 766202}, "元"),
        ("2020_样板乡.txt", Unit("样板乡人民政府", "township", "我乡"), Signature(),
         {"t2.procurement.projects": 1, AMOUNT: 10.4}, "万元"),
    ],
)  # fmt: skip
def test_the_untidy_examples_import_whole(name, unit, signed, numbers, money):
    """All 198 numbers, the units, the signature; nothing left over."""
    imported = import_sources([EXAMPLES / name])
    filing = imported.filing
    assert (filing.year, filing.unit, filing.signed) == (2020, unit, signed)
    assert sum(filing.number(cell) is not None for cell in filing.cells) == len(filing.cells) == 198
    assert {cell: value for cell, value in filing.cells.items() if value} == numbers
    assert filing.units == {AMOUNT: money}
    assert imported.notes_of(NoteKind.UNPLACED) == ()
    assert all(filing.paragraphs(part) for part in ("overview", "problems", "other_matters"))


@pytest.mark.parametrize(
    ("name", "oddities"),
    [
        ("2020_示例回族乡.txt", ["缺“年度”", "1、 总体情况", "换行", "766202元", "全角空格", "不间断空格"]),
        ("2020_样板乡.txt", ["标题分在 2 行", "混进了“0”", "10.4万元", "只记"]),
    ],
)
def test_the_untidy_examples_are_as_untidy_as_the_real_ones(name, oddities):
    """What the demo shows of an import is there to be shown."""
    said = " ".join(note.message for note in import_sources([EXAMPLES / name]).notes_of(NoteKind.NORMALISED))
    assert [oddity for oddity in oddities if oddity not in said] == []


def identities(filing):
    """Yield the two sides of every sum that the form prints or implies, reckoned here without the rules."""
    t3, t4 = filing.form.table("t3"), filing.form.table("t4")
    leaves = [row for row in t3.rows if row not in ("received_new", "carried_in", "outcome_total", "carried_out")]
    leaves = [row for row in leaves if any(cell.row == row for cell in t3.cells)]
    for column in t3.columns:

        def at(row, column=column):
            return filing.number(f"t3.{row}.{column}")

        yield f"一+二={column}", at("received_new") + at("carried_in"), at("outcome_total") + at("carried_out")
        yield f"三={column}", at("outcome_total"), sum(at(row) for row in leaves)
    for row in [*leaves, "received_new", "carried_in", "outcome_total", "carried_out"]:
        parts = sum(filing.number(f"t3.{row}.{column}") for column in t3.columns if column != "total")
        yield row, filing.number(f"t3.{row}.total"), parts
    for group in dict.fromkeys(cell.row for cell in t4.cells):
        parts = sum(filing.number(c.id) for c in t4.cells if c.row == group and not c.total)
        yield group, filing.number(f"t4.{group}.total"), parts


def test_the_model_report_is_one():
    """All cells filled with counts, all sums right, no 规章, six parts, five sub-headings, period, fee, date in time."""
    filing = load("2025_示例乡.json")
    assert filing.edition == edition_for(2025).id
    assert filing.year == 2025
    assert None not in filing.cells.values()
    for cell in filing.form.cells.values():
        assert filing.number(cell.id) >= 0
        assert cell.kind is ValueKind.AMOUNT or isinstance(filing.number(cell.id), int)
    assert [(name, left, right) for name, left, right in identities(filing) if left != right] == []
    assert sum(filing.number(cell.id) for cell in filing.form.matching("t3.*")) > 0
    assert all(filing.number(cell.id) == 0 for cell in filing.form.matching("t2.rules.*"))
    own = {cell: filing.number(f"t2.normative_doc.{cell}") for cell in ("issued", "repealed", "in_force")}
    assert own["in_force"] >= own["issued"] >= own["repealed"] > 0
    parts = filing.form.section("overview").parts
    opened = [text.partition("。")[0] for text in filing.paragraphs("overview") if text.startswith("（")]
    assert opened == [f"（{number}）{part}" for number, part in zip("一二三四五", parts, strict=True)]
    preamble = "".join(filing.paragraphs("preamble"))
    assert "2025年1月1日至2025年12月31日" in preamble
    assert filing.form.notice.number in preamble
    assert all(section.heading.partition("、")[2] in preamble for section in filing.form.sections)
    assert "信息处理费0元" in filing.paragraphs("other_matters")[0]
    assert filing.signed == Signature(filing.unit.name, "2026-01-10")


def test_the_numbers_in_the_model_text_are_those_of_its_tables():
    """What 一 says of applications, documents and cases stands in the tables."""
    filing = load("2025_示例乡.json")
    text = "".join(filing.paragraphs("overview"))
    for words, cell in {
        "新收政府信息公开申请": "t3.received_new.total",
        "上年结转": "t3.carried_in.total",
        "全年办结": "t3.outcome_total.total",
        "结转下年度继续办理": "t3.carried_out.total",
        "制发行政规范性文件": "t2.normative_doc.issued",
        "，废止": "t2.normative_doc.repealed",
        "现行有效": "t2.normative_doc.in_force",
        "发生行政复议": "t4.reconsideration.total",
    }.items():
        assert re.findall(rf"{words}(\d+)件", text) == [f"{filing.number(cell)}"], words
    total, *parts = map(int, re.findall(r"(?:主动公开政府信息|公开)(\d+)条", text))
    assert total == sum(parts)


def test_the_faulty_report_has_exactly_three_faults():
    """One total of table 三, one count in the text, the end of the period: everything else is the model's."""
    model, faulty = load("2025_示例乡.json"), load("2025_示例乡_有误.json")
    assert {cell for cell in model.cells if model.cells[cell] != faulty.cells[cell]} == {"t3.granted.total"}
    broken = [name for name, left, right in identities(faulty) if left != right]
    assert broken == ["三=total", "granted"]
    changed = [
        (old, new)
        for part in model.narrative
        for old, new in zip(model.narrative[part], faulty.narrative[part], strict=True)
        if old != new
    ]
    assert [new.replace("2025年12月28日", "2025年12月31日").replace("文件3件", "文件2件") for _, new in changed] == [
        old for old, _ in changed
    ]
    assert ["12月28日" in new for _, new in changed] == [True, False]
    assert ["规范性文件3件" in new for _, new in changed] == [False, True]
    assert (faulty.unit, faulty.signed, faulty.year) == (model.unit, model.signed, model.year)


def own_words(text):
    """Yield the lines of a text without what the statute prints: labels, headings, titles of documents and reports."""
    printed = set()
    for name in edition_ids():
        edition = load_edition(name)
        printed |= {item.text for table in edition.tables for item in table.grid if item.text}
        printed |= {text for section in edition.sections for text in (section.heading, *section.variants)}
        printed |= {text for reference in edition.references.values() for text in (reference.title, reference.number)}
    printed |= {label.replace("只计", "只记") for label in printed}  # a slip in a label is not a sentence
    for line in text.split("\n"):
        words = re.sub(r"\s", "", line)
        for label in sorted(printed - {""}, key=len, reverse=True):
            words = words.replace(re.sub(r"\s", "", label), "\n")
        words = re.sub(r"\w{0,12}年政府信息公开(?:工作(?:年度)?报告)?$", "\n", words)
        yield from words.split("\n")


@pytest.mark.parametrize(
    "path", sorted(path for path in EXAMPLES.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_no_sentence_is_copied(path):
    """No twelve characters in a row are those of the published reports that the examples were modelled on."""
    if not SEEDS.exists():
        pytest.skip(f"没有 {SEEDS}")
    taken = {
        line[start : start + SHARED]
        for seed in SEEDS.glob("*.txt")
        for line in own_words(seed.read_text(encoding="utf-8"))
        for start in range(len(line) - SHARED + 1)
    }
    assert taken
    copied = [
        line[start : start + SHARED]
        for line in own_words(path.read_text(encoding="utf-8"))
        for start in range(len(line) - SHARED + 1)
        if line[start : start + SHARED] in taken
    ]
    assert copied == []


def test_the_check_for_copies_would_find_one():
    """A sentence of a published report is found when it is there."""
    if not SEEDS.exists():
        pytest.skip(f"没有 {SEEDS}")
    seed = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    sentence = max(own_words(seed), key=len)
    assert len(sentence) > 10 * SHARED
    assert any(sentence[:SHARED] in line for line in own_words(f"示例乡写道：{sentence}"))
