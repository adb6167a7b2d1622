"""Numbers beside those of the tables that are of another matter, of others, or of some only; wrong ones beside right ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_rewriting import filing

COUNTY = Unit("示例县人民政府", "county_government", "我县", "示例县")
TABLE = {
    "t3__received_new__natural_person": 25, "t3__received_new__commercial": 3, "t3__received_new__legal_service": 2,
    "t3__received_new__total": 30, "t3__carried_in__natural_person": 2, "t3__carried_in__total": 2,
    "t3__granted__total": 18, "t3__partial__total": 4, "t3__unavailable__not_held__total": 6,
    "t3__not_processed__petition__total": 1, "t3__not_processed__duplicate__total": 1, "t3__outcome_total__total": 30,
    "t3__carried_out__natural_person": 1, "t3__carried_out__commercial": 1, "t3__carried_out__total": 2,
    "t4__reconsideration__upheld": 5, "t4__reconsideration__corrected": 1, "t4__reconsideration__total": 6,
    "t4__suit_direct__upheld": 1, "t4__suit_direct__corrected": 1, "t4__suit_direct__total": 2,
    "t4__suit_after__upheld": 1, "t4__suit_after__total": 1,
}  # fmt: skip
TOLD = "（二）依申请公开。新收政府信息公开申请30件，上年结转2件，办结30件：予以公开18件，部分公开4件，本机关不掌握6件，不予处理2件。"
CASES = "因政府信息公开被申请行政复议6件，其中维持5件、纠正1件。"
JUDGED = {"X-03", "X-04", "X-05", "X-06", "X-09", "X-10", "X-39"}


def accused(*paragraphs: str, unit: Unit | None = None, **cells: int) -> dict[str, str]:
    """Return the rules that hold numbers against others which an overview breaks, with how grave, hints left out."""
    made = replace(filing("", **{**TABLE, **cells}), narrative={"overview": paragraphs})
    made = replace(made, unit=unit) if unit else made
    found = [(item.code, str(item.severity)) for item in check(made).findings]
    return {code: grave for code, grave in found if code in JUDGED and grave != "hint"}


@pytest.mark.parametrize(
    "text",
    [
        "1件行政复议被纠正，教训深刻。（另有5件复议，均维持。）",
        "县政府行政复议予以纠正一件，已重新答复。此外还有5件行政复议。",
        "全年有1件复议被纠正，已重新答复；另有复议5件，结果见表四。",
        "全年有1件行政诉讼败诉；另有2件行政诉讼，均维持。",
        "行政复议6件，行政诉讼3件，结果为纠正的共2件。",
        "行政复议6件、行政诉讼3件（直接起诉2件、复议后起诉1件），其中结果维持的7件。",
        "行政复议6件，直接起诉2件，复议后起诉1件，合计纠正2件。",
        "转入下年继续办理的2件，来自自然人（1件）和企业（商业企业1件）。",
        "转至2026年办理2件：自然人1件、商业企业1件。",
        "上年转入的2件都来自自然人（自然人2件）。",
        "征求第三方意见31件次，第三方同意公开12件次、不同意14件次、逾期未答复5件次。",
        "征求第三方意见9件，其中同意公开4件、不同意3件、未答复2件。",
        "信访和重复申请各1件不予处理。",
    ],
)
def test_a_number_of_some_or_of_others_is_no_total(text):
    """Beside those told before, of both kinds of cases, of what was carried over, of who was asked."""
    assert not accused(TOLD, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("行政复议5件，行政诉讼3件，结果为纠正的共2件。", "X-06"),
        ("行政复议6件，行政诉讼3件，结果为纠正的共4件。", "X-06"),
        ("另有5件行政复议。", "X-06"),
        ("全年有1件行政复议被纠正。另有3件行政复议。", "X-06"),
        ("行政复议6件，维持5件、纠正1件，诉讼3件，纠正2件。", "X-06"),
        ("收到申请30件，其中自然人24件、商业企业3件、法律服务机构3件。", "X-03"),
        ("转至2026年办理3件。", "X-04"),
        ("年底未答复的3件结转下年办理。", "X-04"),
    ],
)
def test_a_wrong_number_is_still_found(text, code):
    """What is told of all, or of what was told of nowhere."""
    assert code in accused(TOLD, text)


@pytest.mark.parametrize(
    "text",
    [
        "县政府作为行政复议机关，全年收到政府信息公开类复议申请96件，受理89件，不予受理7件；另有上年结转8件。年内审结88件，结转下年9件。",
        "作为复议机关，县政府收到复议申请50件，受理45件，审结40件，结转下年5件。",
    ],
)
def test_what_a_government_decides_for_others_is_no_application(text):
    """复议申请 are cases, and what is tried is of them; applications are told with what was answered."""
    assert not accused(TOLD, text, unit=COUNTY)
    assert "X-03" in accused(TOLD.replace("30件，上", "96件，上"), unit=COUNTY)


def test_where_all_numbers_of_a_sentence_are_off_it_is_asked_whether_they_are_meant():
    """One slip leaves the numbers beside it right; a text that fits nowhere is wrong as a whole."""
    rest = TOLD.replace("新收政府信息公开申请30件，上年结转2件，办结30件：", "政府信息公开申请办理结果：") + CASES
    assert accused(rest, "新收申请50件，当年办结45件。") == {"X-03": "warning", "X-05": "warning"}
    assert accused(rest, "新收申请50件，当年办结30件。") == {"X-03": "error"}
    assert accused(TOLD.replace("30件", "50件"))["X-03"] == "error"


@pytest.mark.parametrize(
    "bracket",
    [
        "（2023年298件、2024年341件，两年间分别增长14.4%和13.2%）",
        "（2023年298件；2024年341件）",
        "（2023年为298件，2024年为341件，连续两年增长）",
        "（2022年260件、2023年298件、2024年341件，增幅依次为14.6%、14.4%）",
        "（上年341件、前年298件，逐年上升）",
    ],
)
def test_a_bracket_of_other_years_lists_no_parts(bracket):
    """Nor where it goes on about them; a list behind 其中 does, and one of this year's parts."""
    assert not accused(f"公开信息386件{bracket}。")
    assert "X-39" in accused("公开信息386件（网上298件、当面341件）。")


@pytest.mark.parametrize(
    ("before", "share", "right"),
    [
        ("年内办结407件。", "54.3", True),
        ("年内办结407件。", "45.3", False),
        ("收到申请420件，办结407件，都在期限内。", "54.3", True),
        ("年内办结47件。", "54.3", False),
    ],
)
def test_a_share_may_be_of_what_the_sentence_before_counts(before, share, right):
    """在办结件里: 全部公开 is a row and no total, and of what a bare share is stands in the paragraph."""
    told = f"{before}在办结件里，全部公开的179件，部分公开的42件，两者合占{share}%。"
    assert ("X-10" in accused(told)) is not right


def test_documents_open_together_with_those_of_years_before_are_all_that_are():
    """连同以往公开的, 现行对外公开的; what is told of this year's is held against this year's."""
    table = {
        "t2__normative_doc__made": 1,
        "t2__normative_doc__newly_disclosed": 1,
        "t2__normative_doc__disclosed_total": 4,
    }

    def told(text: str) -> bool:
        made = filing(text)
        zeros = dict.fromkeys(type(made).blank(2020, made.unit).cells, 0)
        cells = {**zeros, **{name.replace("__", "."): value for name, value in table.items()}}
        made = replace(made, year=2020, edition="2019", cells=cells)
        return any(item.code == "X-09" and str(item.severity) != "hint" for item in check(made).findings)

    assert not told("连同以往公开的，对外公开的规范性文件共4件。")
    assert not told("现行对外公开的规范性文件4件。")
    assert told("连同以往公开的，对外公开的规范性文件共5件。")
    assert told("现行对外公开的规范性文件3件。")


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("新收申请50件，当年办结45件。", "warning"),
        ("当年办结45件次。", "warning"),
        ("部分教训深刻（全年办结45件）。", "warning"),
        ("被申请人（含复议8件）已逐件说明。", "warning"),
        ("因政府信息公开引起的行政复议另有8件。", "warning"),
        ("当年办结45件。", "error"),
        ("收到申请32件（自然人20件、商业企业3件、法律服务机构2件）。", "error"),
        ("收到申请32件，来自自然人（20件）、商业企业（3件）和法律服务机构（2件）。", "error"),
        ("因政府信息公开被申请行政复议6件（维持3件、纠正1件）。", "error"),
        ("因政府信息公开未经复议直接起诉1件，复议后起诉2件。", "error"),
    ],
)
def test_a_number_in_doubt_is_asked_about(text, grave):
    """In a sentence that fits nowhere, another unit, a remark; not in a list of parts, nor where two numbers changed places."""
    rest = TOLD.replace("新收政府信息公开申请30件，上年结转2件，办结30件：", "政府信息公开申请办理结果：")
    assert {code: level for code, level in accused(rest, text).items() if code < "X-09"}.popitem()[1] == grave
    assert accused("政府信息公开申请中，评查答复书后重新予以公开9件。") == {"X-05": "warning"}


@pytest.mark.parametrize(
    ("code", "part", "right", "wrong"),
    [
        ("X-56", "overview", "确定镇党委委员1名分管。", "在石桥镇党委的领导下开展工作。"),
        ("X-56", "overview", "办复镇人大代表意见建议12条。", "石桥镇人大听取了公开工作汇报。"),
        ("X-56", "overview", "指定镇党委干部2名专办。", "由石桥镇党委书记任组长。"),
        ("X-56", "preamble", "汇总对象为镇机关、镇属4个事业单位。", "在石桥镇人民政府网站公布。"),
        ("X-62", "preamble", "就政府信息公开工作形成本报告。", "现公布政府信息公开工作年底报告。"),
        ("X-76", "overview", "全年培训信息员2期。", "配备信息员2期。"),
        ("X-22", "other_matters", "相关规定2026年方才施行，本年不涉及。", "相关规定2026年收到申请5件。"),
        ("X-22", "other_matters", "（三）2026年工作安排：组织轮训。", "2026年已组织轮训3次。"),
        ("X-33", "overview", "传真及电子邮件159件，合计211件。", "电子邮件：yebo159。"),
    ],
)
def test_words_of_other_sentences_are_no_slip(code, part, right, wrong):
    """A verb before 镇, a channel before a number, a heading of plans; names, addresses and years are held as before."""
    town = Unit("双桦镇人民政府", "town", "我镇", "示例县")

    def found(text: str) -> set[str]:
        made = replace(filing(text, part), unit=town)
        return {item.code for item in check(made).findings if str(item.severity) != "hint"}

    assert code not in found(right)
    assert code in found(wrong)


def test_a_share_behind_among_them_is_of_the_total_before_it():
    """共发布200条。其中网站150条，占65%: the only total stands right before; with another between, whose it is is open."""
    assert "X-10" in accused("共发布各类政府信息200条。其中在县政府门户网站发布150条，占65%，其余通过公示栏发布。")
    assert "X-10" not in accused("共发布各类政府信息200条。其中在县政府门户网站发布150条，占75%，其余通过公示栏发布。")
    assert "X-10" not in accused("共发布各类政府信息200条、公告180条。其中网站90条，占50%。")


@pytest.mark.parametrize(("asked", "accused_of"), [(1, False), (2, True)])
def test_an_applicant_among_those_of_a_row_is_of_that_row(asked, accused_of):
    """不掌握的6件，其中律师事务所提出1件: of these six, not of all that came in."""
    found = accused(
        f"{TOLD}不掌握的6件，其中律师事务所提出{asked}件，已告知去处。",
        t3__unavailable__not_held__legal_service=1, t3__unavailable__not_held__natural_person=5,
    )  # fmt: skip
    assert bool(found) == accused_of


@pytest.mark.parametrize("suits", [0, 2])
def test_a_denial_behind_one_kind_of_case_is_of_that_kind(suits):
    """复议方面，1件，……；诉讼方面，没有。 denies suits alone."""
    cells = {
        **TABLE,
        "t4__reconsideration__upheld": 1,
        "t4__reconsideration__corrected": 0,
        "t4__reconsideration__total": 1,
    }
    cells |= {name: 0 for name in cells if "__suit_" in name} | {
        "t4__suit_direct__upheld": suits,
        "t4__suit_direct__total": suits,
    }
    text = "（五）监督保障。复议方面，1件，县政府维持了我们的答复；诉讼方面，没有。"
    found = [item.message for item in check(filing(text, **cells)).findings if item.code == "X-08"]
    assert bool(found) == bool(suits)
    assert not any("没有行政复议" in message for message in found)


def test_how_a_change_came_about_is_not_the_change():
    """净减1件（新增2件、废止3件）: what stands in the bracket is how it came to that."""
    right = "（三）政府信息管理。现行有效规范性文件21件，较上年末的22件净减1件（新增2件、废止3件）。"
    assert "X-10" not in {f.code for f in check(filing(right)).findings}
    assert "X-10" in {f.code for f in check(filing(right.replace("净减1件", "净减2件"))).findings}


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-44", "最长的延期后34个工作日办结。", "依法延期34个工作日办结。"),
        (
            "X-44",
            "信访投诉2件，反复申请1件（按《条例》第三十五条要求说明理由）。",
            "信访投诉2件（按《条例》第三十五条告知）。",
        ),
        (
            "X-44",
            "本机关不掌握3件，以申请名义信访的1件按《条例》第三十九条告知。",
            "本机关不掌握3件按《条例》第三十九条告知。",
        ),
        ("X-55", "复议后起诉3件：维持2，未审结1（系上年立案）。", "复议后起诉3件，维持2，未审结1件。"),
    ],
)
def test_limits_articles_and_units_where_they_stand(code, right, wrong):
    """Days with what was extended in them, an article in a bracket, a list that gives its unit once."""
    said = [{f.code for f in check(filing(f"（二）依申请公开。{text}")).findings} for text in (right, wrong)]
    assert [code in codes for codes in said] == [False, True]


@pytest.mark.parametrize(("second", "jumps"), [("2.1件复议被纠正。", False), ("一件复议被纠正。", True)])
def test_a_number_of_cases_behind_an_ordinal_is_no_decimal(second, jumps):
    """2.1件 is the second item, which begins with 1件: no half a case is counted."""
    made = replace(
        filing(""), narrative={"problems": ("1.经验不足。已培训。", f"{second}已启用台账。", "3.公示栏陈旧。已更换。")}
    )
    assert ("X-25" in {item.code for item in check(made).findings}) == jumps
