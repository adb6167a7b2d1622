"""Characters typed for another that looks or sounds like it (X-62): wrong beside right."""

from __future__ import annotations

import pytest

from gk_xl.checks.text_rules.proofreading.phrases import misspelt_phrase
from gk_xl.checks.text_rules.proofreading.slips import replaced
from gk_xl.checks.text_rules.proofreading.terms import misspelt


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("公开栏的问题目前己整改完毕。", "已整改"),
        ("错链均巳修复。", "已修复"),
        ("两条意见目前以整改。", "已整改"),
        ("全年末收到申请。", "未收到"),
        ("截至年未，办结3件。", "末，办"),
        ("对2件申请予于受理。", "予以受理"),
        ("深人村组宣讲条例。", "入村组"),
        ("纳人年度考核。", "入年度"),
        ("共记12条。", "计12"),
        ("统计到12月31曰。", "日。"),
        ("安排乡于部轮流值守。", "干部轮"),
        ("推进标准花建设。", "化建设"),
        ("聘请法律雇问审查。", "顾问"),
        ("点击量大副提升。", "大幅提升"),
        ("主动做好信息开公。", "信息公开"),
        ("做到以公为开常态。", "以公开为常态"),
        ("学习《中华人民共和国行政复核法》。", "中华人民共和国行政复议法"),
        ("由示例县人民政府办公厅编制。", "室编制"),
        ("形成齐抓公管的局面。", "齐抓共管"),
        ("今后将进步一完善栏目。", "进一步完善"),
        ("根据国务院办公室的通知编制。", "国务院办公厅"),
        ("未收取信息处置费。", "信息处理费"),
        ("坚持谁工开、谁负责。", "公开、谁"),
        ("做到应公开尽供开。", "应公开尽公开"),
        ("坚持以公布为常态。", "以公开为常态"),
        ("巩固脱贫功坚成果。", "巩固脱贫攻坚成果"),
        ("由党政宗合办公室负责。", "党政综合办公室"),
        ("资金使用情况及时向社会公市。", "社会公布"),
        ("做到公透开明。", "公开透明"),
        ("窗口提供查洵服务。", "查询服务"),
        ("由专人负贵更新。", "专人负责"),
        ("认真纠正突出文题。", "突出问题"),
    ],
)
def test_a_character_typed_for_another_is_found(text, right):
    """With what is right in its place."""
    found = misspelt(text) or replaced(text) or misspelt_phrase(text)
    assert (found[1] if found else "") == right


@pytest.mark.parametrize(
    "text",
    [
        "干部严于律己，把群众的事当作自己的事，各执己见的做法没有了。",
        "甲、乙、丙、丁、戊、己、庚七个组。",
        "年末收到申请3件，1月末公布，月末按时更新。",
        "本年未收取费用，全年未发生复议。",
        "予以公开3件，授予于某称号，基于以公开为原则的要求。",
        "由专人按月更新，所有记录归档，系统记录完整。",
        "对干部开展培训，分公司于部分村设点，若于明年调整另行公布。",
        "均以公开为常态，全部以书面形式答复。",
        "学习《中华人民共和国行政监察法》《中华人民共和国监督法》，自治区人民政府办公厅印发。",
        "花卉产业、花样繁多的宣传。",
        "未收取政府信息处理费，把政务公开当作大事，在省财政厅门户网站公布。",
        "应公开未公开的1条已补上，坚持以公开为原则。",
        "专题会已召开，政府办工作人员到场，公开工作全面展开，公开栏日晒雨淋，本年度共作出决定5件。",
        "坚持先审签、后公开，谁制定谁公开，接受社区监督，优化招商环境，推进涉企政策信息公开。",
    ],
)
def test_right_words_with_those_characters_stay(text):
    """Words of their own, and wordings that differ from a fixed one by a right word."""
    assert (misspelt(text), replaced(text), misspelt_phrase(text)) == (None, None, None)
