"""The text of a published report becomes a filing, and every line of it is accounted for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.errors import SourceError
from gk_xl.form.filing import Signature, Unit
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.model import NoteKind, Role
from gk_xl.sources.text import import_text
from gk_xl.sources.values import entered
from tests.conftest import examples
from tests.sources.printed import EXAMPLES, HUI, MONEY, NEWEST, TONG, about, messages, printed, seed

# ---------------------------------------------------------------- the two published reports


def test_seed_hui_gives_all_198_numbers():
    """汉东: 22 + 161 + 15 numbers, four of them not 0, the amount in 元 as typed."""
    imported = import_text(seed(HUI), HUI)
    filing = imported.filing
    counts = {t.id: sum(filing.number(c.id) is not None for c in t.cells) for t in filing.form.tables}
    assert counts == {"t2": 22, "t3": 161, "t4": 15}
    assert {name: value for name, value in filing.cells.items() if value} == {
        "t2.rules.made": 3, "t2.normative_doc.made": 228, "t2.procurement.projects": 17, MONEY: 766202,
    }  # fmt: skip
    assert filing.units == {MONEY: "元"}
    assert (filing.year, filing.unit) == (2020, Unit("汉东回族乡人民政府", "ethnic_township", "我乡"))
    assert filing.signed == Signature("汉东回族乡人民政府", "2021-02-03")
    assert {part: len(text) for part, text in filing.narrative.items()} == {
        "preamble": 0, "overview": 5, "problems": 6, "other_matters": 1,
    }  # fmt: skip
    assert len(imported.placed) == 198
    assert imported.placed[MONEY] == 81
    assert imported.notes_of(NoteKind.UNPLACED) == ()
    assert imported.notes_of(NoteKind.MISSING) == ()


def test_seed_hui_notes_what_was_normalised():
    """Title without 年度, Arabic first heading, line breaks in heads, the unit in a cell, spaces in cells."""
    imported = import_text(seed(HUI), HUI)
    assert about(imported, NoteKind.NORMALISED, "缺“年度”").lines == (1,)
    assert about(imported, NoteKind.NORMALISED, "1、 总体情况").lines == (3,)
    assert about(imported, NoteKind.NORMALISED, "本年新制作数量", "换行").lines == (13, 14, 15, 16)
    assert about(imported, NoteKind.NORMALISED, "本年新公开数量", "换行").where.startswith("第13–16行")
    money = about(imported, NoteKind.NORMALISED, "766202元", "含单位“元”")
    assert (money.where, money.found, money.read) == ("第81行，表二“政府集中采购”“采购总金额”", "766202元", "766202 元")
    assert "20 个格" in about(imported, NoteKind.NORMALISED, "表二", "全角空格").message
    assert "160 个格" in about(imported, NoteKind.NORMALISED, "表三", "不间断空格").message
    assert about(imported, NoteKind.READ, "前言").lines == (4,)


def test_seed_tong_gives_all_198_numbers():
    """通江: one project, 10.4 with 万元, everything else 0; the unit's full name is inferred and that is said."""
    imported = import_text(seed(TONG), TONG)
    filing = imported.filing
    assert sum(filing.number(name) is not None for name in filing.cells) == len(filing.cells) == 198
    assert {name: value for name, value in filing.cells.items() if value} == {"t2.procurement.projects": 1, MONEY: 10.4}
    assert filing.units == {MONEY: "万元"}
    assert (filing.year, filing.unit) == (2020, Unit("通江乡人民政府", "township", "我乡"))
    assert filing.signed == Signature()
    assert {part: len(text) for part, text in filing.narrative.items()} == {
        "preamble": 0, "overview": 11, "problems": 2, "other_matters": 1,
    }  # fmt: skip
    assert imported.notes_of(NoteKind.UNPLACED) == ()
    assert about(imported, NoteKind.READ, "推为“通江乡人民政府”").found == "通江乡"


def test_seed_tong_notes_what_was_normalised():
    """Split title, digits inside head cells, 只记 for 只计, the unit in a cell, no signature."""
    imported = import_text(seed(TONG), TONG)
    assert about(imported, NoteKind.NORMALISED, "标题分在 2 行").lines == (2, 4)
    assert about(imported, NoteKind.NORMALISED, "上一年项目数量", "“0”").lines == (83,)
    assert about(imported, NoteKind.NORMALISED, "本年增/减", "“0”").lines == (84,)
    assert about(imported, NoteKind.NORMALISED, "只记", "只计").lines == (149,)
    assert about(imported, NoteKind.NORMALISED, "10.4万元").read == "10.4 万元"
    assert "单位名称和成文日期" in about(imported, NoteKind.MISSING, "落款").message


# ---------------------------------------------------------------- nothing is dropped in silence


def all_labels():
    tables = [table for name in edition_ids() for table in load_edition(name).tables]
    return {fold(item.text) for table in tables for item in table.grid if item.text}


def assert_accounted_for(text, imported):
    """Check for every line that is not blank that its role is true of it."""
    filing = imported.filing
    known = all_labels()
    paragraphs = [bare(p) for part in filing.narrative.values() for p in part]
    by_line = {}
    for name, number in imported.placed.items():
        by_line.setdefault(number, []).append(filing.cells[name])
    noted = {number: [] for number in imported.roles}
    for note in imported.notes:
        for number in note.lines:
            noted.setdefault(number, []).append(note)
    for number, line in enumerate(text.split("\n"), 1):
        if not bare(line):
            assert number not in imported.roles
            continue
        roles = imported.roles[number]
        assert roles, line
        if Role.UNPLACED in roles:
            quoted = "".join(note.found for note in noted[number] if note.kind is NoteKind.UNPLACED)
            pieces = [piece for piece in re.split(r"[\s|]+", line) if piece]
            assert not pieces or any(piece in quoted for piece in pieces), line
        if Role.NARRATIVE in roles:
            assert any(bare(line).strip("#*>_") in p for p in paragraphs), line
        if Role.CELL in roles:
            assert any(value is not None for value in by_line[number]), line
        if roles == (Role.LABEL,):
            piece = fold(line).strip("|0123456789.")
            assert any(piece in label for label in known) or noted[number], line
        if Role.TITLE in roles:
            assert "公开" in line or "报告" in line or noted[number], line
        if Role.SIGNATURE in roles:
            assert bare(filing.signed.name or filing.signed.date) in bare(line) or noted[number], line


@pytest.mark.parametrize("name", [HUI, TONG])
def test_every_line_of_the_seeds_is_accounted_for(name):
    """Each line that is not blank is title, heading, label, cell, narrative or signature, truthfully."""
    text = seed(name)
    imported = import_text(text, name)
    assert_accounted_for(text, imported)
    assert {role for roles in imported.roles.values() for role in roles} <= set(Role) - {Role.UNPLACED}


LITTER = st.sampled_from(
    ["\t5", "打印  关闭", "备注：单位为件", "其他", "总计", "\t", "", "第1页", "| a | b |", "---", "三、本年度办理结果", "0 0 0", "见附件", "12件",
     "一、总体情况", "这一行是网页上的一句话，与表格没有关系，但是不能不声不响地丢掉。", "（七）总计", "2021年1月5日", "\u3000", "約", "|"]
)  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@examples(40)
@given(data=st.data())
def test_damaged_reports_are_accounted_for_too(path, data):
    """Lines lost, doubled, added and swapped at random: no failure, no line without a role, no number in two places."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(lines) - 1))
        action = data.draw(st.sampled_from(["lose", "double", "add", "swap", "cut"]))
        if action == "lose":
            del lines[position : position + data.draw(st.integers(1, 8))]
        elif action == "double":
            lines[position:position] = lines[position : position + 1]
        elif action == "add":
            lines.insert(position, data.draw(LITTER))
        elif action == "swap":
            lines[position : position + 2] = lines[position : position + 2][::-1]
        else:
            lines[position] = lines[position][: len(lines[position]) // 2]
    text = "\n".join(lines)
    imported = import_text(text, "样本")
    assert_accounted_for(text, imported)
    assert set(imported.filing.cells) == set(imported.filing.form.cells)
    assert set(imported.placed) <= set(imported.filing.cells)


def test_a_line_between_the_cells_of_a_table_is_told_and_no_cell():
    """Words with bars where each cell stands on a line of its own: not put in, said so, and nothing besides."""
    lines = next(path for path in EXAMPLES if path.stem == "2020_样板乡").read_text(encoding="utf-8").split("\n")
    lines.insert(393, "| a | b |")
    imported = import_text("\n".join(lines), "样本")
    assert_accounted_for("\n".join(lines), imported)
    assert imported.roles[394] == (Role.UNPLACED,)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    """Whatever the text: an import or a SourceError in one Chinese sentence."""
    try:
        imported = import_text(text, "样本")
    except SourceError as error:
        said = str(error)
    else:
        assert_accounted_for(text.replace("\r\n", "\n").replace("\r", "\n"), imported)
        return
    assert said.startswith("样本 ")
    assert said.endswith("。")


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize(
    ("printed_as", "label"),
    [
        ("（三）不子公开", "（三）不予公开"),
        ("5.属于三类内容事务信息", "5.属于三类内部事务信息"),
        ("6.属于四类过程性性信息", "6.属于四类过程性信息"),
        ("本年废纸件数", "本年废止件数"),
        ("现行有效件", "现行有效件数"),
        ("规范性文件", "行政规范性文件"),
        ("本年（2025）制发件数", "本年制发件数"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("（1）属于国家秘密", "1.属于国家秘密"),
        ("(七) 总 计", "（七）总计"),
        ("七、总计", "（七）总计"),
        ("四、结转下年度\n继续办理", "四、结转下年度继续办理"),
        ("社会公益\n\n组织", "社会公益组织"),
        ("2.重复 申请", "2.重复申请"),
        ("2.多次来申", "2.重复申请"),
    ],
)
def test_labels_with_slips_are_recognised_and_noted(printed_as, label):
    """A label with a slip, a cut, a line break or another ordinal is read as the form's; no number is lost."""
    edition = load_edition("2021")  # whose labels these are
    cells = {name: number % 10 for number, name in enumerate(edition.cells)}
    text = printed(edition, cells=cells)
    assert f"\n{label}\n" in text
    imported = import_text(text.replace(f"\n{label}\n", f"\n{printed_as}\n", 1), "样本")
    assert imported.filing.cells == cells
    assert imported.notes_of(NoteKind.UNPLACED) == ()
    own = [note for note in imported.notes_of(NoteKind.NORMALISED) if label in note.message or label in note.read]
    same = fold(printed_as) == fold(label) or fold(printed_as).replace(",", ".") == fold(label)
    assert own or same or any("空格、标点或序号" in n.message for n in imported.notes_of(NoteKind.NORMALISED))


def test_a_number_typed_behind_its_label_is_split_off():
    """“行政处罚12” is the label and its number; in a head (“上一年项目数量0”) the number belongs to no cell."""
    text = printed().replace("行政处罚\n0\n", "行政处罚12\n")
    imported = import_text(text, "样本")
    assert imported.filing.value("t2.penalty.decisions") == 12
    assert "已分开" in about(imported, NoteKind.NORMALISED, "行政处罚").message


def test_heads_repeated_after_a_page_break_change_nothing():
    """Heads and group labels that a page break repeats are labels again, not rows and not numbers."""
    cells = {name: number % 10 for number, name in enumerate(NEWEST.cells)}
    text = printed(cells=cells)
    heads = text[text.index("\n自然人") : text.index("\n一、本年新收")]
    at = text.index("\n5.属于三类")
    imported = import_text(f"{text[:at]}\n三、本年度办理结果{heads}{text[at:]}", "样本")
    assert imported.filing.cells == cells
    assert imported.notes_of(NoteKind.UNPLACED) == ()


def test_a_row_of_no_form_is_left_out_and_quoted():
    """A regional row is not placed, its numbers are quoted, the rows around it are right."""
    cells = {name: number % 10 for number, name in enumerate(NEWEST.cells)}
    text = printed(cells=cells)
    at = text.index("\n（七）总计")
    imported = import_text(text[:at] + "\n4.涉及本地区特别事项\n11\n12\n13\n14\n15\n16\n17" + text[at:], "样本")
    assert imported.filing.cells == cells
    assert about(imported, NoteKind.UNPLACED, "涉及本地区特别事项").found.endswith("11 12 13 14 15 16 17")


def test_a_row_given_twice_is_taken_once():
    """The same row again with the same number is a repetition, with another number a contradiction; both are said."""
    text = printed(cells={"t2.penalty.decisions": 5})
    imported = import_text(text.replace("行政处罚\n5\n", "行政处罚\n5\n行政处罚\n5\n行政处罚\n9\n"), "样本")
    assert imported.filing.value("t2.penalty.decisions") == 5
    assert [note.found for note in imported.notes_of(NoteKind.UNPLACED)] == ["5", "9"]
    assert "重复" in messages(imported, NoteKind.UNPLACED)[0]
    assert "不一致" in messages(imported, NoteKind.UNPLACED)[1]


def test_another_edition_s_columns_are_never_taken_for_this_one_s():
    """制发 废止 现行有效 are not 制作 公开 总数量: the numbers of such a block are quoted, not placed."""
    old = load_edition(edition_ids()[0])
    text = printed(old, 2020, {"t2.rules.made": 7, "t2.rules.newly_disclosed": 8, "t2.rules.disclosed_total": 9})
    for own, other in zip(
        ("made", "newly_disclosed", "disclosed_total"), ("issued", "repealed", "in_force"), strict=True
    ):
        text = text.replace(old.table("t2").column_labels[own], NEWEST.table("t2").column_labels[other])
    imported = import_text(text, "样本")
    assert imported.filing.value("t2.rules.made") is None
    note = about(imported, NoteKind.UNPLACED, "“规章”", "含义不同")
    assert note.found == "7 8 9"
    assert "“本年制发件数”" in note.message
    assert "“本年新制作数量”" in note.message


# ---------------------------------------------------------------- values


def test_odd_entries_are_read_or_kept_as_typed():
    """What is certainly a number becomes one with a note; “/” and “约3” stay as typed for the clerk to decide."""
    typed = {
        "t3.received_new.natural_person": "１２件", "t3.received_new.commercial": "/", "t3.received_new.research": "约3",
        "t3.received_new.total": "22（其中修订16件）", "t2.admin_fee.amount": "251000元",
    }  # fmt: skip
    imported = import_text(printed(cells=typed), "样本")
    assert {name: imported.filing.value(name) for name in typed} == {
        "t3.received_new.natural_person": 12, "t3.received_new.commercial": "/", "t3.received_new.research": "约3",
        "t3.received_new.total": 22, "t2.admin_fee.amount": 25.1,
    }  # fmt: skip
    assert "251000元 → 25.1万元" in about(imported, NoteKind.NORMALISED, "本年收费金额").message
    doubts = entered(imported.filing).doubts
    assert "可能表示没有" in doubts["t3.received_new.commercial"].reason
    assert "不能读作数字" in doubts["t3.received_new.research"].reason


def test_numbers_run_together_are_quoted_not_guessed():
    """Where a page lost its cell borders and the sums contradict every split, the row is blank, doubtful and quoted."""
    count = len(NEWEST.table("t3").columns)
    glued = f"20 0 {'0' * (count - 5)} 0 121"
    text = printed().replace("\n1.信访举报投诉类申请\n" + "0\n" * count, f"\n1.信访举报投诉类申请\n{glued}\n")
    imported = import_text(text, "样本")
    assert imported.filing.value("t3.not_processed.petition.total") is None
    assert about(imported, NoteKind.UNPLACED, "不能确定怎样分开").found == glued
    assert f"整行 {count} 个数没有找到" in about(imported, NoteKind.MISSING, "信访举报").message


def test_an_amount_without_a_unit_is_asked_about():
    """Where the form names no unit and the clerk typed none, that is missing; 0 needs none."""
    old = load_edition(edition_ids()[0])
    assert (
        "元还是万元" in about(import_text(printed(old, 2020, {MONEY: 8040}), "样本"), NoteKind.MISSING, "8040").message
    )
    assert import_text(printed(old, 2020), "样本").notes_of(NoteKind.MISSING) == ()
