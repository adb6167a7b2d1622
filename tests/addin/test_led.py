"""What a clerk is told on the way: both sides in the box, what else no longer fits, what came from where; lines that fade."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.buttons.importing import Arrived
from gk_xl.addin.buttons.judging import judge
from gk_xl.addin.buttons.walking import listed
from gk_xl.addin.clipboard import described
from gk_xl.addin.view import read_book
from gk_xl.checks.catalogue import catalogue, show
from gk_xl.checks.run import check
from gk_xl.errors import CalledOff
from gk_xl.form.finding import CheckResult, Finding, Severity
from gk_xl.workbook.build import content_for
from gk_xl.workbook.clerks_words import SUSPECT
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST, STATE_COLUMN
from gk_xl.workbook.pointing import GLANCE, point_of, shortened
from gk_xl.workbook.sheets.results import result_lines
from gk_xl.workbook.sheets.slip import HIGHEST, LEAST
from gk_xl.workbook.since import DONE, watched
from tests.addin.clerk import place_of, select_line, yes, zeros
from tests.checks.narrative import scenes
from tests.checks.test_rules import CASES, filing_of
from tests.real_apps.desk import right

NORMS = {"t2.normative_doc.issued": 3, "t2.normative_doc.in_force": 3}


def told():
    """Return the first finding of every broken case of every rule."""
    found = []
    for case in CASES:
        if case["verdict"] == "broken" and "members" not in case:
            last = filing_of(case, case["last"], years_back=1) if "last" in case else None
            found += check(filing_of(case, case.get("cells", {})), last).findings
    for case in scenes.cases():
        if case.verdict == "broken":
            found += check(case.filing, case.last, asked=case.data.get("asked", ())).findings
    return list({(finding.code, finding.message): finding for finding in found}.values())


def test_a_box_says_both_sides_and_cuts_no_word():
    """The point of a message holds both numbers that are compared, and is whole or ends where the sentence pauses."""
    findings = told()
    assert len({finding.code for finding in findings}) > 90
    for finding in findings:
        point = point_of(finding.message)
        assert point, finding.message
        assert point.endswith("……") or len(point) <= GLANCE
        cut = point.removesuffix("……")
        assert finding.message.startswith(cut)
        assert cut.count("“") == cut.count("”"), point
        assert finding.message[len(cut)] in "。：；，、", (point, finding.message)
        if "{gap}" in catalogue()[finding.code].message and finding.severity is not Severity.NOT_ASSESSABLE:
            assert re.search("[多少] [0-9]", point), (point, finding.message)
            for side in (finding.left, finding.right):
                assert side is None or show(side) in point, (point, finding.message)


def test_a_doubt_does_not_stand_before_the_point():
    findings = [finding for finding in told() if finding.code in ("X-03", "X-04", "X-05", "X-06", "X-09")]
    assert any("请写明“本级”" in finding.message for finding in findings)
    assert all(finding.message.startswith("正文") for finding in findings)


def test_what_is_long_is_cut_where_it_pauses():
    assert shortened("甲" * 50 + "，“乙，" + "丙" * 80 + "”") == "甲" * 50 + "……"
    assert shortened("一二三") == "一二三"


def test_the_advice_names_its_cell():
    """改为 7 alone is said where the line itself points to the cell; 采纳建议 and the box speak of the same cell."""
    cell, other = "t2.normative_doc.in_force", "t3.received_new.total"
    at = {"narrative": "narrative.overview.1", "other": None, "own": None}
    filing = zeros()
    advice = {}
    for name, place in at.items():
        where = content_for(filing).layout.where(other) if name == "other" else None
        finding = Finding("X-09", Severity.ERROR, "两处不同。", (cell,), proposal=7, place=place, where=where)
        content = replace(content_for(filing), result=CheckResult("", filing.edition, (finding,)))
        (line,) = [line for line in result_lines(content) if line.changes]
        advice[name] = line.advice
    spot = f"{place_of(cell).sheet} {place_of(cell).address}"
    assert advice == {"narrative": f"{spot} 改为 7", "other": f"{spot} 改为 7", "own": "改为 7"}


def test_a_sheet_to_sign_that_is_out_of_date_is_told(opened, tmp_path):
    """At 校验 and before an export: which parts were changed since, what to do; nothing is stopped."""
    book = opened(replace(zeros(), waivers={}))
    buttons.make_slip(book)
    assert "改过了" not in buttons.check(book)
    place = place_of("t2.licence.decisions")
    book.sheets[place.sheet].range(place.address).value = 5
    said = buttons.check(book)
    assert f"“报送单”做好以后，{place.sheet}改过了" in said
    assert "重新点“报送单”" in said
    book.save(str(tmp_path / "年报.xlsx"))
    asked = []
    buttons.export_report(book, lambda question: bool(asked.append(question)), lambda _: None)
    assert asked[0].startswith("“报送单”做好以后")
    assert list(tmp_path.glob("*.docx"))
    buttons.make_slip(book)
    assert "改过了" not in buttons.check(book)


@pytest.mark.parametrize("answer", ["cancel", "no"])
def test_a_question_that_is_closed_does_nothing(opened, tmp_path, monkeypatch, answer):
    """Escape on 要导出公开稿吗 exports nothing; 否 is an answer, which exports the other report."""
    book = opened(replace(zeros(), waivers={}))
    book.save(str(tmp_path / "年报.xlsx"))
    asked = []
    monkeypatch.setattr(type(book.app.impl), "alert", lambda *told: asked.append(told[3]) or answer, raising=False)
    if answer == "no":
        buttons.export_report(book, None, lambda _: None)
    else:
        with pytest.raises(CalledOff, match="什么也没有做"):
            buttons.export_report(book, None, lambda _: None)
    assert asked == ["yes_no_cancel"]
    assert bool(list(tmp_path.glob("*.docx"))) == (answer == "no")


def test_an_import_names_the_parts(opened):
    """What was filled, and what was left as it was."""
    filing = replace(zeros(), narrative={}).with_cells(dict.fromkeys(zeros().cells, None))
    book = opened(filing)
    came = zeros()
    came = replace(came, cells={cell: value for cell, value in came.cells.items() if not cell.startswith("t4.")})
    arrived = Arrived(replace(came, narrative={"problems": came.narrative["problems"]}), {}, ())
    said = buttons.import_report(book, "年报.txt", yes, lambda *_: arrived)
    assert "：二、主动公开 10 格，三、依申请公开 175 格，五、问题及改进 1 段；" in said
    assert said.partition("没有动")[2].startswith("封面、前言、一、总体情况、四、复议诉讼、六、其他事项。")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            "<table><tr><td>规章</td><td>0</td></tr><tr><td>行政规范性文件</td><td>3</td></tr></table>",
            "2 行 2 列，有“规章”“行政规范性文件”等字样",
        ),
        (
            "<html><p>x</p><table><tr><td>9</td><td>3</td><td>&nbsp;</td></tr></table>",
            "1 行 3 列，没有行名、列名，开头是 9、3",
        ),
        ("<table><tr><th>（三）<b>不予</b>公开各种情形的件数</th></tr></table>", "有“（三）不予公开各种情形的"),
    ],
)
def test_a_copied_table_is_described_by_its_words(html, said):
    assert said in described(html.encode())


@pytest.mark.parametrize("button", [buttons.accept_proposal, buttons.accept_all])
def test_a_number_adopted_for_a_text_is_held_against_the_text(opened, button):
    """5件 becomes 5: the sentence that says 3 is named, for nothing compared it with 5件."""
    filing = zeros().with_cells({"t2.normative_doc.issued": "5件", "t2.normative_doc.in_force": 8})
    overview = (
        *filing.narrative["overview"][:2],
        "（三）政府信息管理。制发行政规范性文件3件，现行有效8件。",
        *filing.narrative["overview"][3:],
    )
    book = opened(replace(filing, narrative={**filing.narrative, "overview": overview}))
    buttons.check(book)
    select_line(book, "5件")
    said = button(book, yes)
    assert "改后与正文对不上" in said
    assert "正文说的是 3 件" in said.partition("现在")[0]


def test_the_sheet_to_sign_names_every_warning(opened):
    """As many as the row can be made high for; what is beyond is counted."""
    filing = zeros().with_cells(
        {
            "t2.normative_doc.issued": 25,
            "t2.normative_doc.in_force": 25,
            "t2.admin_fee.amount": 90000,
            "t4.suit_direct.total": 3,
            "t4.suit_direct.upheld": 3,
        }
    )
    faults = "积极推动政府信息公开工作工作。以申请公开渠道畅通。全面公开2025年决算。现行有效的规范性文件。"
    overview = (*filing.narrative["overview"], faults)
    book = opened(replace(filing, narrative={**filing.narrative, "overview": overview}))
    buttons.make_slip(book)
    reading = read_book(book)
    warned = [f for f in judge(book).result.findings if f.severity is Severity.WARNING and not f.waived]
    assert len(warned) > 5
    for finding in warned:
        assert f"{point_of(finding.message)}（{finding.code}）" in reading.filing.slip["reasons"]
    place = reading.places["slip.reasons"]
    height = book.sheets[place.sheet].range((place.row, 1)).row_height
    assert LEAST < height <= HIGHEST


@pytest.mark.parametrize("mended", [{"t3.granted.total": 4}, {"t3.granted.research": 10}])
def test_a_clue_of_several_ways_fades_with_any_of_them(opened, mended):
    """①F8 0 应为 10；②J8 14 应为 4: whichever is done, nothing is left to look at."""
    blank = {"t3.refused.state_secret.research": None, "t3.refused.state_secret.total": None}
    book = opened(right().with_cells({"t3.granted.total": 14, **blank}))
    buttons.check(book)
    clue = next(line for line in listed(book) if line.level == SUSPECT)
    assert "种改法" in clue.message
    assert not clue.mended
    for name, value in mended.items():
        place = place_of(name)
        book.sheets[place.sheet].range(place.address).value = value
    assert next(line for line in listed(book) if line.level == SUSPECT).mended


@pytest.mark.parametrize("mended", ["t2.normative_doc.issued", "narrative"])
def test_a_line_fades_whichever_side_is_mended(opened, mended):
    """A sentence and its cell: 下一处 passes the line by, and its state says so, once either holds something else."""
    filing = zeros().with_cells(NORMS)
    overview = (
        *filing.narrative["overview"][:2],
        "（三）政府信息管理。制发行政规范性文件2件。",
        *filing.narrative["overview"][3:],
    )
    book = opened(replace(filing, narrative={**filing.narrative, "overview": overview}))
    buttons.check(book)
    line = next(line for line in judge(book).lines if line.code == "X-09")
    assert len(watched(line.state).cells) == 2
    place = place_of("narrative.overview.3" if mended == "narrative" else mended)
    cell = book.sheets[place.sheet].range(place.address)
    assert not next(one for one in listed(book) if "正文说的是 2 件" in one.message).mended
    cell.value = "（三）政府信息管理。制发行政规范性文件3件。" if mended == "narrative" else 2
    assert next(one for one in listed(book) if "正文说的是 2 件" in one.message).mended
    if book.app.engine.name == "libreoffice":
        row = RESULTS_FIRST + line.number - 1
        assert book.sheets[RESULTS].range((row, STATE_COLUMN)).value == DONE
    cell.value = overview[2] if mended == "narrative" else 3
    assert not next(one for one in listed(book) if "正文说的是 2 件" in one.message).mended
