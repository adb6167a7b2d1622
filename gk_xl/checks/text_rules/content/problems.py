"""五、存在的主要问题及改进情况: problems and measures are both there (X-14), each has one (X-47), and they answer one another (X-15)."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.data import world
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

SEVERAL: Final = 2
SHORTEST: Final = 10
"""Characters below which 五 says nothing."""

_PROBLEM: Final = regex(
    r"存在|有限|未能|没能|未及时|不了解|不熟悉|不熟练|不充分|不精准|不精|不细|不实|不严|不便|不优|不佳|不匹配|不均衡|待(?:提高|加强|提升|完善|改进|拓宽|丰富|规范|强化|加大|健全|优化|深化)|"
    r"需要?(?:进一步|继续|持续|不断)?(?:提高|加强|提升|完善|改进|拓宽|拓展|丰富|规范|强化|加大|健全|优化|深化)|更新慢|被动|难以|"
    r"不足|不够|有待|问题|薄弱|欠缺|不强|不高|不全|不多|不深|不广|不畅|不熟|不到位|不及时|不平衡|不完善|不健全|不规范|不理想|不丰富|不明显|不准确|不透彻|"
    r"滞后|短板|差距|单一|缺乏|缺少|亟待|亟需|尚需|仍需|还需|需进一步|需要进一步|较少|偏少|较低|偏低|较慢|缓慢|较弱|偏弱|弱项|难点|困难|欠|"
    r"局限|粗放|参差不齐|力度不|意识不|认识不|能力不|水平不|仍存在|还存在"
)
_MEASURE: Final = regex(
    r"下一步|下步|今后|接下来|下一阶段|未来|新的一年|改进|整改|措施|将(?:进一步|继续|持续|加|通过|以|按|围绕|从|重点|着力|严格|切实|组织|不断|定期|会)|"
    r"加强|加大|提高|提升|完善|强化|健全|优化|拓宽|拓展|丰富|规范|深化|建立|落实|推进|推动|组织|开展|增强|充实|细化|压实|创新|改善|举办|增加|加快|"
    r"用好|做好|明确|制定|扩大|抓好|严格|配备|安排|邀请|定期|借助|学习|统筹|督促|梳理|修订|畅通|引导|坚持|继续|扎实|切实|推行|实行|已"
)
_LACKS: Final = regex(
    r"不(?!断|懈|仅|忘|但|低于|少于|超过|得|同|误|变|折|动产|予)|未(?!来)|没|(?<!减)少(?!数民族|年|于)|低(?!保|碳|于)|(?<!误)差(?!额|旅)|慢|偏|弱|窄|难|旧|老套|同质化|距离"
)
"""Words of want: whether 五 names any problem at all is asked more freely than which sentence does."""
_FACTS: Final = regex(
    r"个别|仍有|(?:只有|仅有|仅为|仅占|只占|不到|不足|低至)\d|超过[^，。；]{0,10}(?:工作日|期限|时限|个月|天)[^，。；]{0,4}才|(?:人员|信息员|联络员|专干)[^，。；]{0,6}(?:调整|变动|更换|流动)|被(?:依法)?(?:纠正|撤销|责令|投诉)|败诉|超期|结转(?:下年度|到|至|\d{4}年)?[^，。；]{0,6}\d+[件宗]|\d+[件宗][^，。；]{0,8}结转|反映出|均?发生在|集中在|耗时|其实|占[^，。；]{0,12}(?:\d+(?:\.\d+)?%|分之)"
)
"""What a problem is told by where no word of want is used: 被纠正的复议3件均发生在乡镇."""
_DONE: Final = regex(
    r"(?:[。；\n]|^)(?:对此|为解决|针对|围绕|\d{4}年(?!(?:度)?，?(?:我|本)[^，。；]{0,24}(?:存在|问题|不足))[，]?我?[^，。；]{0,4}[，按对就从在]|从\d{1,2}月起|自\d{1,2}月起|目前已)"
)
"""How a sentence begins that tells what was done about a problem."""
_DASHED: Final = regex(
    r"。?(?:——|—|→|－{2})(?=[^。；]{4,})[^。；]*(?:完成|到位|补齐|整改|\d[月日天](?:底|末)?[前内起])"
)
"""A measure set behind a dash: 没有按目录公开——对照目录逐项补齐，3月底前完成."""
_AHEAD: Final = regex(
    r"拟|打算|力争|争取|计划|对症下药|一律|为此|对此|必须|来年|补短|补齐|(?:解决|改进|整治)(?:的)?(?:办法|之策)|办法(?:[也有是为]|：)"
)
_SOME: Final = regex(
    r"(?:还|仍|仍然|依然|也)?(?:客观)?(?:存在|有)(?>着|的|一些|一定的?|不少|诸多|许多|若干|些许|很多|主要){0,16}(?:不足|差距|问题|困难|短板|薄弱环节)(?:之处|和不足|与不足)?"
)
_TURN: Final = regex(
    r"下一步|下步|今后|接下来|下一阶段|未来|新的一年|针对(?:以上|上述|存在|这些|此)|为此|改进(?:情况|措施|方向|工作)|整改(?:情况|措施|落实)|(?:打算|做法|对策|办法|思路|安排)：|"
    r"(?:\d{4}年|明年|来年)[，]?(?:我|本)?[^，。]{0,6}将|采取[^，。]{0,8}措施"
)
_ENUMERATED: Final = regex(
    r"(?:(?:^|(?<=[，。；：\n]))(?:[一二三四五六七八九]是|第[一二三四五六七八九]，|首先|其次|再次|最后))|(?:^|(?<=[。\n：；]))(?:（[一二三四五六七八九\d]）|\d[.、])(?!存在|主要|改进|下一步|问题|整改|\Z)"
)
_NONE: Final = regex(
    r"^(?:无|没有|暂无|不存在(?:问题)?|无存在问题|本年度无|我[乡镇局]无?(?:没有)?)[^，]{0,14}。?$|^[^，]{0,16}(?:不存在|无)(?:明显|突出|主要)?问题[^，]{0,6}。?$"
)


@rule_function("problems.both_there", reads_text=True)
def both_there(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-14: 五 names a problem and a measure, and is not just 无 or a few characters."""
    text = case.narrative.text("problems")
    place = "narrative.problems"
    section = f"“{case.edition.section('problems').heading}”"
    if not text:
        yield rule.finding({"problem": f"{section}没有文字"}, (), place=place)
    elif _NONE.match(text) or len(text) < SHORTEST:
        yield rule.finding({"problem": f"{section}只写了“{text[:40]}”"}, (), excerpt=text[:40], place=place)
    else:
        lacking = []
        if not (_PROBLEM.search(text) or _LACKS.search(text) or _FACTS.search(text)):
            lacking.append("没有说存在什么问题")
        ahead = _AHEAD.search(text) or f"{(case.filing.year or 0) + 1}年" in text
        if not (_measured(text) or ahead) and len(_listed(text)) < SEVERAL:  # X-47 speaks of a list of problems
            lacking.append("没有说怎样改进")
        if lacking:
            yield rule.finding({"problem": section + "，也".join(lacking)}, (), severity=Severity.WARNING, place=place)


def names_a_problem(sentence: str) -> bool:
    """Return whether a sentence says what is wanting, not only what is done about it."""
    return bool(_PROBLEM.search(sentence)) and not _TURN.search(sentence)


def _measured(text: str) -> bool:
    """Return whether a text says what is or will be done, or lists as much again as problems: 1.……；2.……, twice."""
    first, _, again = text.partition("\n")
    runs = [_ENUMERATED.findall(part) for part in (first, again)]
    if len(runs[0]) >= SEVERAL and runs[0] == runs[1] and not _PROBLEM.search(again):
        return True
    return bool(
        _TURN.search(text) or _MEASURE.search(_without_problems(text)) or _DONE.search(text) or _DASHED.search(text)
    )


def _listed(text: str) -> list[str]:
    """Return the items of a list (一是……二是……) that name a problem."""
    starts = [match.start() for match in _ENUMERATED.finditer(text)]
    items = [text[start:end] for start, end in itertools.pairwise([*starts, len(text)])]
    return [item for item in items if _PROBLEM.search(item)]


@rule_function("problems.unmeasured", reads_text=True)
def unmeasured(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-47: a list of problems without any measure; a problem without one where each of the others has its own beside it."""
    paragraphs = case.narrative.part("problems")
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    section = case.edition.section("problems").heading
    listed = _listed(text)
    if len(listed) >= SEVERAL and not _measured(text):
        problem = f"列了 {len(listed)} 条问题，没有一条改进措施"
        yield rule.finding(
            {"section": section, "problem": problem}, (), excerpt=listed[0][:40], place="narrative.problems"
        )
        return
    told = [(paragraph, bool(_PROBLEM.search(paragraph.text)), _measured(paragraph.text)) for paragraph in paragraphs]
    paired = [paragraph for paragraph, named, measured in told if named and measured]
    if len(paired) < SEVERAL:
        return
    for at, (paragraph, named, measured) in enumerate(told):
        answered_next = at + 1 < len(told) and told[at + 1][2] and not _ENUMERATED.match(told[at + 1][0].text)
        if not named or measured or answered_next or not _ENUMERATED.match(paragraph.text):
            continue
        excerpt = paragraph.raw.strip()[:60]
        problem = f"别的问题都写了怎样改进，“{excerpt}”没有写"
        yield rule.finding({"section": section, "problem": problem}, (), excerpt=excerpt, place=paragraph.place)


_PARTS: Final = regex(r"[，。；：]")


def _without_problems(text: str) -> str:
    """Return the clauses that state no problem; in those that do, 提高 or 加强 is what is still wanting."""
    return "，".join(
        clause for clause in _PARTS.split(text) if not _PROBLEM.search(clause) and not _WANTING.match(clause)
    )


_DONE_SINCE: Final = regex(
    r"(?:^|(?<=[。；\n]))[^。；\n]{0,8}(?:去年|上一?年)[^。；\n]{0,60}已[^。；\n]{0,20}(?:整改|解决|改[进正]|完成|落实)[^。；\n]*"
)
"""上年度存在的……已整改到位: no problem of this year's."""


@rule_function("problems.answered", reads_text=True)
def answered(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-15: as many measures as problems, and each problem's topic comes back among the measures."""
    text = _DONE_SINCE.sub("", "\n".join(paragraph.text for paragraph in case.narrative.part("problems")))
    turn = _TURN.search(text)
    first = _PROBLEM.search(text)
    if first is None or turn is None or turn.start() <= first.start():
        return
    said, done = text[: turn.start()], text[turn.start() :]
    problems, measures = (len(_ENUMERATED.findall(part)) for part in (said, done))
    complaints = []
    if problems >= 2 and measures >= 2 and problems != measures:
        complaints.append(f"列了 {problems} 条问题、{measures} 条改进措施")
    general = _general(said)
    if general:
        complaints.append(f"问题写得笼统：“{general}”，没有说是哪方面的问题")
    open_topics = _unanswered(said, done)
    if open_topics:
        complaints.append(f"问题“{'”“'.join(open_topics)}”没有对应的措施")
    if complaints:
        section = case.edition.section("problems").heading
        values = {"section": section, "problem": "；".join(complaints)}
        yield rule.finding(values, (), place="narrative.problems")


_PARTS_AND_LINES: Final = regex(r"[，。；：\n]")


def _general(said: str) -> str:
    """Return the problem when it is only that there are some (还存在一些不足), empty when one is named."""
    clauses = [clause for clause in _PARTS_AND_LINES.split(said) if _PROBLEM.search(clause)]
    if any(_PROBLEM.search(_SOME.sub("", clause)) for clause in clauses):
        return ""
    return clauses[-1][-40:] if clauses else ""


_ITEMS: Final = regex(r"[，。；、]")


_LACKING: Final = regex(r"不足|不够|有待|薄弱|不强|不高|不全|不到位|不及时|滞后|单一|较少|偏少|不深|不完善")


def _unanswered(said: str, done: str) -> list[str]:
    """Return the problems none of whose topics comes back among the measures."""
    found = []
    for clause in _ITEMS.split(said):
        match = _LACKING.search(clause)
        if match is None:
            continue
        named = clause[: match.end() + 2]  # 不够全面: what is wanting may stand behind
        topics = [words for words in world().topics if any(word in named for word in words)]
        if topics and not any(word in done for words in topics for word in words) and not _alike(clause, done):
            found.append(re.sub(r"^(?:[一二三四五六七八九]是|但|然而|（[^）]*）|\d[.、])+", "", clause))
    return found[:3]


_COMMON: Final = regex(
    r"工作|公开|信息|政府|政务|不够|有待|待|及时|不足|提高|加强|进一步|存在|问题|部分|个别|仍|还|有的|的|较少|偏少|较为|较|单一|不到位|不及时|不全|不强|不高|不深|"
    r"薄弱|滞后|情况|方面|需要|差距|不完善|完善|相对|主要|表现|在|和|与|及|、|是|有"
)
_WANTING: Final = regex(r"[^，。；]{0,8}(?:无法|不能|未能|需要|还需|有待|才给予|才予以|督促后)")
"""What is wanting, or done only when pressed: no measure."""


def _alike(clause: str, done: str) -> bool:
    """Return whether a measure speaks of the problem in its own words: two characters of it that are no common word."""
    words = re.sub(r"^(?:[一二三四五六七八九]是|但|然而|（[^）]*）|\d[.、])+", "", clause)
    pieces = [piece for piece in _COMMON.split(words) if len(piece) > 1]
    return any(piece[at : at + 2] in done for piece in pieces for at in range(len(piece) - 1))
