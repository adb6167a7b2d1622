"""Right wordings that a rule once accused, each beside a wrong one of its kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

HEAD = "（二）依申请公开。"


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-62", "以申请公开名义反映信访问题的，已作引导。", "以申请公开渠道畅通，办理及时。"),
        ("X-62", "在网上申请入口增设提示，申请入库后统一编号。", "申请入可以当面提交，也可以邮寄。"),
        ("X-62", "实行依申请公开限时转办，统一答复书文本。", "严格执行公开时线规定。"),
        ("X-62", "每月通报土地供应公开进度。", "坚持应公开进公开，不留死角。"),
        ("X-10", "予以公开144件，部分公开19件，无法提供53件。", "共答复144件，部分公开19件，无法提供53件。"),
        ("X-55", "答复书引用条、款、项逐一核对。", "新收政府信息公开申请件，均已答复。"),
        (
            "X-10",
            "复议和诉讼共34件，其中复议20件：维持11件、纠正4件、其他3件、未审结2件。",
            "公开信息34条，其中动态20条、公告11条、其他4条。",
        ),
        (
            "X-10",
            "新增信息100条，其中规划60条、征地10条，其余为执法、动态等信息，共30条。",
            "新增规划60条，征地10条，共80条。",
        ),
        ("X-10", "不予处理1件，共答复15件，按时答复率100%。", "收到15件，按时答复12件，按时答复率90%。"),
        ("X-30", "本报告反映1月1日至12月31日期间区农业农村局的工作。", "本报告可登录海淀区人民政府网站查阅。"),
    ],
)
def test_a_right_wording_is_not_accused(code, right, wrong):
    """What looks like a slip is a word of its own; a list within a list adds up to its own total."""
    assert code not in codes(HEAD + right)
    assert code in codes(HEAD + wrong)


@pytest.mark.parametrize(("upheld", "accused"), [(8, False), (7, True)])
def test_cases_of_reconsideration_are_not_those_of_suits(upheld, accused):
    """复议维持8件 behind both: it is of 复议, whatever was named last."""
    table = {
        "t4__reconsideration__upheld": upheld, "t4__reconsideration__other": 10 - upheld, "t4__reconsideration__total": 10,
        "t4__suit_direct__upheld": 3, "t4__suit_direct__total": 3,
    }  # fmt: skip
    found = codes("政府信息公开行政复议10件、行政诉讼3件，合计13件。复议维持8件、复议其他结果2件。", **table)
    assert ("X-06" in found) == accused


def test_what_became_of_each_is_no_number_of_who_came():
    """自然人和企业申请各1件获公开: of those made public, not of those received."""
    table = {
        "t3__received_new__natural_person": 2, "t3__received_new__commercial": 2, "t3__received_new__total": 4,
        "t3__granted__total": 2,
    }  # fmt: skip
    assert "X-03" not in codes(HEAD + "新收申请4件。予以公开2件，自然人和企业申请各1件获公开。", **table)


@pytest.mark.parametrize("last", [1, 2])
def test_a_number_in_brackets_is_that_of_the_words_before(last):
    """办结合计（9件），结转下年（1件）: neither number is the other's."""
    table = {
        "t3__received_new__natural_person": 10, "t3__received_new__total": 10, "t3__granted__total": 9,
        "t3__outcome_total__total": 9, "t3__carried_out__total": last,
    }  # fmt: skip
    found = codes(HEAD + "新收政府信息公开申请（10件）。以上办结合计（9件），结转下年度继续办理（1件）。", **table)
    assert ("X-04" in found) == (last != 1)


@pytest.mark.parametrize(("third", "accused"), [("3", False), ("5", True)])
def test_numbers_inside_a_paragraph_go_on_in_the_next(third, accused):
    """（二）…1.…2.… in one paragraph, 3. at the head of the next."""
    texts = ("（一）主动公开。1.栏目。设专栏。2.内容。公开预算。", f"{third}.时限。按时更新。")
    made = replace(filing(""), narrative={"overview": texts})
    assert ("X-25" in {finding.code for finding in check(made).findings}) == accused


@pytest.mark.parametrize(
    "end",
    ["联系电话：0900-1234567", "邮箱：office@example.org", "网址：www.example.gov.cn", "地址：示例乡文化路12号院内"],
)
def test_how_to_reach_the_unit_needs_no_mark_behind_it(end):
    """Short or long, with a bracket or 已 before it; the same words without it are asked about."""
    text = "本报告已在县政府网站公布，有疑问请与我乡联系（党政办）"
    assert "X-61" not in codes(f"{text}，{end}", part="preamble")
    assert "X-61" in codes("本报告已在县政府网站公布，有疑问请与我乡联系", part="preamble")
    assert "X-61" not in codes(f"{text}，{end}。、", part="preamble")  # a mark too many is told as that


@pytest.mark.parametrize("head", ["行政许可方面", "行政处罚方面"])
@pytest.mark.parametrize("told", ["新收申请430件", "收到申请430件，办结412件", "全年共受理申请430件，上年结转5件"])
def test_applications_under_the_head_of_decisions_are_for_them(head, told):
    """None of them is one of 政府信息公开, unless it is called so."""
    assert {"X-03", "X-04", "X-05"}.isdisjoint(codes(f"{HEAD}收到政府信息公开申请0件。{head}，{told}。"))
    assert "X-03" in codes(f"{HEAD}{head}，收到政府信息公开申请430件。")


def test_what_was_ended_of_one_kind_of_applicants_is_not_held_for_all_of_it():
    """律师事务所申请4件，办结3件: of these four, it may be; where no others came it is asked about."""
    table = {
        "t3__received_new__natural_person": 6, "t3__received_new__legal_service": 4, "t3__received_new__total": 10,
        "t3__outcome_total__total": 9, "t3__carried_out__total": 1,
    }  # fmt: skip
    text = "收到政府信息公开申请10件。律师事务所申请4件，办结3件，结转1件。"
    found = codes(HEAD + text, **table)
    assert found.get("X-05") != "error"
    assert found.get("X-04") != "error"
    assert codes(HEAD + "收到政府信息公开申请10件，办结3件，结转1件。", **table).get("X-05") == "error"


@pytest.mark.parametrize(
    ("text", "right", "wrong", "code"),
    [
        (
            "办结申请9件，不予处理5件；申请人逾期不补正、不再处理1件，其他处理3件。",
            {"t3__not_processed__petition__total": 5, "t3__otherwise__correction_overdue__total": 1, "t3__otherwise__other__total": 3, "t3__outcome_total__total": 9},
            {"t3__not_processed__petition__total": 5, "t3__otherwise__correction_overdue__total": 2, "t3__otherwise__other__total": 2, "t3__outcome_total__total": 9},
            "X-05",
        ),
        (
            "办结申请5件。不予公开（1件，属内部事务信息）；无法提供（4件，均为本机关不掌握相关信息）。",
            {"t3__refused__internal_affairs__total": 1, "t3__unavailable__not_held__total": 4, "t3__outcome_total__total": 5},
            {"t3__refused__deliberative__total": 1, "t3__unavailable__not_held__total": 4, "t3__outcome_total__total": 5},
            "X-05",
        ),
        (
            "因政府信息公开被提起行政诉讼3件，其中直接起诉1件，法院判决驳回原告诉讼请求；复议后起诉2件，1件维持，另1件正在审理。",
            {"t4__suit_direct__upheld": 1, "t4__suit_direct__total": 1, "t4__suit_after__upheld": 1, "t4__suit_after__pending": 1, "t4__suit_after__total": 2},
            {"t4__suit_direct__upheld": 1, "t4__suit_direct__total": 1, "t4__suit_after__corrected": 1, "t4__suit_after__pending": 1, "t4__suit_after__total": 2},
            "X-06",
        ),
        (
            "办结申请8件，予以公开5件、部分公开3件。前两项合计公开和部分公开8件。",
            {"t3__granted__total": 5, "t3__partial__total": 3, "t3__outcome_total__total": 8},
            {"t3__granted__total": 6, "t3__partial__total": 2, "t3__outcome_total__total": 8},
            "X-05",
        ),
        (
            "新收申请9件，自然人6件；科研机构1件、社会公益组织1件、其他1件，三类合计3件。",
            {"t3__received_new__total": 9, "t3__received_new__natural_person": 6, "t3__received_new__research": 1, "t3__received_new__public_interest": 1, "t3__received_new__other": 1},
            {"t3__received_new__total": 9, "t3__received_new__natural_person": 6, "t3__received_new__research": 2, "t3__received_new__public_interest": 1, "t3__received_new__other": 0},
            "X-03",
        ),
    ],
)  # fmt: skip
def test_a_number_is_that_of_the_words_it_belongs_to(text, right, wrong, code):
    """What stands behind a ； or in a bracket is not read with the words of another part."""
    assert code not in codes(HEAD + text, **right)
    assert code in codes(HEAD + text, **wrong)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("对连续两年未年检的社会组织作出行政处罚2件。", "全年未对社会组织作出行政处罚。"),
        ("对没有按期整改的企业做出行政处罚决定2件。", "全年没有作出行政处罚决定。"),
    ],
)
def test_what_another_did_not_do_denies_no_decision(right, wrong):
    """未年检的社会组织: the denial is of the words before 的."""
    denied = {"X-36", "X-09"}
    assert denied.isdisjoint(codes(right, t2__penalty__decisions=2))
    assert not denied.isdisjoint(codes(wrong, t2__penalty__decisions=2))


def test_what_is_included_may_be_less_than_what_was_closed():
    """包括上年结转的8件在内，全年办结201件: the list ends with 在内."""
    assert "X-38" not in codes(HEAD + "受理新申请200件。包括上年结转的8件在内，全年办结申请201件，尚有7件结转下年。")
    assert "X-38" in codes(HEAD + "受理新申请200件，包括自然人201件。")


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-62", "建立政府信息公开台账，一件一档。", "建成政府信息公开台，统一发布。"),
        ("X-30", "由云溪县人民政府办公室会同县政府各部门编制。", "本报告可登录海淀区人民政府网站查阅。"),
        ("X-10", "予以公开2件，部分公开1件，已办结3件，余下1件结转下年度办理。", "全年收到工单5件，已办结3件，余下1件正在办理。"),
        (
            "X-10",
            "不予公开8件；无法提供43件，其中本机关不掌握35件，占答复总数的23.0%；不予处理8件；其他处理6件。",
            "公开通知8条；公开信息43条，其中动态35条，公告11条；公开政策8条。",
        ),
        (
            "X-10",
            "行政诉讼60件，其中直接起诉31件，被纠正1件；经复议后起诉29件，无一被纠正。",
            "行政诉讼60件，其中直接起诉31件；经复议后起诉30件。",
        ),
    ],
)  # fmt: skip
def test_a_right_wording_of_other_writers_is_not_accused(code, right, wrong):
    """Each was an error in a report whose numbers are right; the slip of its kind is still found."""
    assert code not in codes(HEAD + right)
    assert code in codes(HEAD + wrong)


OF_KINDS = (
    "新收申请15件，自然人11件、商业企业4件，其他主体未提出申请；从申请内容看，征地拆迁补偿7件、招投标3件、其他5件。"
)


def test_others_behind_a_list_of_contents_are_no_applicants():
    """征地7件、招投标3件、其他5件: kinds of contents, whoever applied."""
    table = {"t3__received_new__total": 15, "t3__received_new__natural_person": 11, "t3__received_new__commercial": 4}
    assert "X-03" not in codes(HEAD + OF_KINDS, **table)
    assert "X-03" in codes(HEAD + OF_KINDS.replace("企业4件", "企业3件"), **table)


@pytest.mark.parametrize(("again", "level"), [("", "error"), ("全年收到申请9件。", "hint")])
def test_a_number_that_is_told_right_elsewhere_is_asked_about(again, level):
    """What was read may be of something else where the text gives the number of the table in words of its own."""
    table = {"t3__received_new__total": 9, "t3__received_new__natural_person": 9, "t3__outcome_total__total": 9}
    assert codes(HEAD + again + "收到政府信息公开申请8件。", **table)["X-03"] == level


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-10", "全年公开745条，上年为406条，增加339条，增长83.5%。", "全年公开745条，上年为406条，增加339条，增长93.5%。"),
        ("X-10", "公开信息较2022年增加112条，增长7.4%（2022年为1506条）。", "公开信息1618条，同比增长9.4%（2022年为1506条）。"),
        ("X-10", "2018年公开152条，2019年增加34条，增长22.4%。", "2018年公开152条，2019年186条，增长32.4%。"),
        ("X-10", "公众号发布1026篇，微博发布873条，抖音发布215条，三个账号合计2114条。", "网站发布873条，抖音发布215条，微博发布20条，合计2114条。"),
        ("X-10", "县监督所、县疾控中心各设审核员2名，局机关设3名，共7名。", "县监督所设审核员2名，局机关设3名，共7名。"),
        ("X-10", "三个分局各配备联络员2名，县局设3名，合计9名。", "县局机关联络员3名，各分局联络员13名，合计14名。"),
        ("X-10", "公开信息74条，2023年、2022年分别为66条和51条。", "公开信息74条，分别为动态40条、公告51条。"),
        ("X-10", "公开目录由132项调整为118项，新增9项、删减23项。", "公开目录由132项调整为118项，减少23项。"),
        ("X-10", "31至100页的70页按每页10元、101至112页的12页按每页20元计算，合计940元。", "信息12页，按每页20元计算，合计940元。"),
        ("X-39", "公开信息173条（2024年161条，增长7.5%），包括补贴38条、预决算27条。", "公开信息73条、补贴38条、预决算27条、低保20条。"),
        ("X-38", "制发规章1件；作出许可、处罚决定分别为187205件、54318件。", "发布信息41条，其中原创187条。"),
        ("X-59", "12个村每村每月更换公开内容4份。", "工作人员逐件件件登记登记办理。"),
        ("X-55", "针对模板问题1，已更换全部答复文书。", "公开政府信息54，其中动态20条。"),
    ],
)  # fmt: skip
def test_numbers_are_right_where_some_reading_upholds_them(code, right, wrong):
    """Each was an error in one of 72 right reports of three writers; a slip beside it is still told."""
    assert code not in codes(HEAD + right)
    assert code in codes(HEAD + wrong)


@pytest.mark.parametrize(
    ("text", "cell", "number"),
    [
        ("申请内容构成：投诉举报办理情况58件、行政处罚案件18件、其他4件。", "t2__penalty__decisions", 517),
        ("受理行政许可申请189件，已作出许可决定186件（准予许可183件，不予许可3件）。", "t2__licence__decisions", 186),
        ("行政许可617件，其中环评审批395件、危险废物等许可68件。", "t2__licence__decisions", 617),
    ],
)
def test_parts_and_contents_are_no_decisions_of_their_own(text, cell, number):
    """What applications were about, and what decisions part into, is not held against 表二."""
    assert "X-09" not in codes(HEAD + text, **{cell: number})


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("被申请行政复议1件。除此之外，再无政府信息公开方面的行政复议案件。", {"t4__reconsideration__upheld": 1, "t4__reconsideration__total": 1}),
        ("复议后提起行政诉讼4件；没有未经复议直接提起的行政诉讼。", {"t4__suit_after__upheld": 4, "t4__suit_after__total": 4}),
        ("因征收补偿等其他事项被申请行政复议11件、被提起行政诉讼7件，均不在本报告统计范围内。", {}),
        ("因政府信息公开被申请行政复议2件，复议维持1件，申请人撤回复议申请1件。", {"t4__reconsideration__upheld": 1, "t4__reconsideration__other": 1, "t4__reconsideration__total": 2}),
    ],
)  # fmt: skip
def test_cases_are_told_apart_from_others(text, cells):
    """What is left out, or of another kind, is no number of 表四."""
    assert {"X-06", "X-08"}.isdisjoint(codes(HEAD + text, **cells))


@pytest.mark.parametrize(
    ("announced", "wrong"), [("每一个环节", False), ("没有漏下一个问题", False), ("三个环节", True)]
)
def test_one_thing_is_no_announcement_of_a_list(announced, wrong):
    """每一个环节 is every one of them; a number from two on counts what follows."""
    said = codes(f"（一）主动公开。重在{announced}。（1）自查。（2）互查。（二）依申请公开。没有收到申请。")
    assert ("X-25" in said) == wrong


def test_who_among_others_received_nothing_is_not_the_unit():
    """本年度两中心均没有单独收到: the unit itself received some."""
    table = {"t3__received_new__total": 27, "t3__received_new__natural_person": 27}
    assert "X-07" not in codes(HEAD + "本年度两中心均没有单独收到政府信息公开申请。", **table)
    assert "X-07" in codes(HEAD + "本年度没有收到政府信息公开申请。", **table)


@pytest.mark.parametrize(
    ("part", "code", "right", "wrong"),
    [
        ("overview", "X-07", "信访事项42件均按信访程序办理，未计入政府信息公开申请。", "全年未收到政府信息公开申请。"),
        ("overview", "X-38", "补正6条；公开2022年以来信息33条，其中2022年9条、2023年24条。", "公开信息33条，其中动态39条。"),
        ("overview", "X-10", "全年每村公开12次，14个村共168次，平均每月公开1次，共168次。", "动态12次，公告14次，共28次。"),
        ("other_matters", "X-25", "1.未收取信息处理费。", "3.未收取信息处理费。"),
    ],
)  # fmt: skip
def test_a_right_wording_of_two_more_writers_is_not_accused(part, code, right, wrong):
    """Of 48 right reports two were accused by an error; each with a slip of its kind."""
    table = {"t3__received_new__total": 27, "t3__received_new__natural_person": 27}
    assert code not in codes(right, part, **table)
    assert code in codes(wrong, part, **table)


def test_a_year_behind_an_ordinal_is_no_decimal():
    """2.2025年办理……: the second item."""
    texts = ("1.未收取信息处理费。", "2.2025年办理工单469件。", "3.没有其他需要报告的事项。")
    made = replace(filing(""), narrative={"other_matters": texts})
    assert "X-25" not in {finding.code for finding in check(made).findings}


@pytest.mark.parametrize(("number", "accused"), [("61", False), ("60", True)])
def test_a_notice_on_another_matter_of_that_time_may_be_cited(number, accused):
    """61号 is on the columns of websites; 60号 is the notice on the reports of an earlier edition."""
    text = f"按照国办公开办函〔2019〕{number}号文件要求，规范网站公开专栏。"
    assert ("X-20" in codes(text)) == accused


@pytest.mark.parametrize(
    ("named", "accused"), [("已在市民政局", False), ("仍由市民政局", False), ("昌平市民政局", True)]
)
def test_what_stands_before_the_own_name_is_no_place(named, accused):
    """目录已在市民政局网站公布: the own bureau by its short name, behind words; another city's is another's."""
    own = filing(f"（一）主动公开。清理后的目录{named}网站公布，供群众查阅。")
    own = replace(
        own, unit=replace(own.unit, name="昌宁市民政局", kind="city_department", self_word="我局", county="昌宁市")
    )
    assert (not {"X-30", "X-56"}.isdisjoint(finding.code for finding in check(own).findings)) == accused
