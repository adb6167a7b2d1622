"""The words that reports use for what the tables count, as patterns over folded text.

A pattern is strict on purpose: between a verb and its number only words of a known list may stand. What is not said in
words of the list is not held against a cell.
"""

from __future__ import annotations

from typing import Final

from gk_xl.form.patterns import regex

APPLICATION: Final = (
    r"(?:依(?:法)?申请(?:的)?(?:政府信息|政务信息|信息)?公开(?:类)?(?:的)?(?:政府信息|政务信息|信息)?(?:公开)?(?:的)?"
    r"(?:申请|来信|来函|信件)?(?:件|表|书|事项|事宜|办件|案件)?"
    r"|(?:政府|政务)信息依申请公开(?:的)?(?:申请)?(?:件|事项|办件)?"
    r"|(?:要求|申请)(?:公开|获取|提供)(?:的)?(?:相关)?(?:政府|政务)?信息(?:公开)?(?:的)?(?:书面)?(?:申请|要求)?(?:件|表|书|事项)?"
    r"|(?:政府|政务)?信息公开(?:的)?(?:书面)?(?:类)?申请(?:件|表|书|事项|事宜|办件)?"
    r"|公开(?:政府信息)?(?:的)?(?:书面)?申请(?:件|表|书)?|申请(?:公开|信息公开)(?:的)?(?:件|事项)?|申请(?:件|表|书)?)"
)
"""A government-information application, as many ways as it is called."""

SAYING: Final = (
    r"(?>了|到|过|的|和|或者?|及|以及|与|、|公民|自然人|法人|企业法人|其[他它]|组织|社会|公众|群众|人民|个人|单位|申请人|"
    r"各类|各种|各级|各方|有效|新|全部|所有|有关|相关|关于|要求|通过|以|多种|任何|任意|一切|渠道|途径|方式|形式|书面|正式|"
    r"提出|提交|递交|发来|提起|向|对|我[乡镇局委办县市区厅省州处院队站]|我街道?|本机关|本级|本单位|本[乡镇局委办]|行政机关|"
    r"政府|机关|镇政府|乡政府|办事处|街道办事处|街道|镇|乡|局|共|共计|合计|累计|总计|一共|仅|只有|只|为|是|有|达|达到|计|：){0,16}"
)
"""Words that may stand between 收到 and what was received without narrowing it."""

TAIL: Final = (
    r"(?>共计?|合计|累计|总计|总数|总量|数量|件数|办件量|受理量|数|量|的|为|是|有|达到?|计|仅|只有|了|均|都|皆|：|分别|一共|总共|各|本年度?|全年|"
    r"本年新收|新收|新增|已|收件){0,16}+$"
)
"""Words that may stand between what is counted and the number."""

RECEIVED_VERB: Final = r"(?:新?收到|收悉|收件|接收到?|接到|受理|新收|新增|收取|收)"
ANSWERED_VERB: Final = (
    r"(?:办结|办复|答复|回复|办理完毕|办理完成|办理完结|处理完毕|办理答复|办理回复|审理完毕|完成答复|完成办理|"
    r"作出答复|做出答复|予以答复|给予答复|予以回复|给予回复)"
)
HANDLED_VERB: Final = r"(?:办理|处理|受理并(?:依法)?(?:按时|按期)?(?:办结|答复|办理)|收到(?:和|并|及|、)(?:处理|办理|答复)|受理(?:和|、)(?:办理|处理|答复))"

CHANNEL: Final = regex(
    r"网络|网上|网站|线上|线下|在线|邮件|邮箱|信函|邮寄|邮政|来信|信件|EMS|快递|当面|现场|窗口|传真|电话|平台|公众号|电子|口头"
)
"""A way in which an application came: what is counted by it is a part."""

ANY_CHANNEL: Final = regex(
    r"任何|各种|各类|多种|所有|线上、?线下|(?:渠道|方式|形式)等|等(?:各种|多种|各类)?(?:渠道|方式|形式|途径)"
)
NOT_TOTAL: Final = regex(
    r"逾期|超期|延期|延长|未(?!结)|尚未|不予受理|正在|补正|转为|转成|其中涉及|涉及|转办|转来|转交|转送|移送|移交|指导|协助|督促|督办|交办|承办|协办|咨询|投诉|"
    r"举报|信访|来访|热线|留言|信箱|建议|提案|议案|低保|救助|许可|证明|登记|业务|事项办理|培训|会议|稿件|舆情|重复|第三方|收费|"
    r"征求|撤回|撤销|书面答复|告知书|答复书|文书|平均|人均|户均|每件|每月|每日|日均|月均|最高|单日|一日|最多|最少|未成年|委托|代理|法律援助|仲裁|调解|下属|所属|基层"
)
"""Words before a number that make it something else than a total of the tables."""

NEGATION: Final = r"(?:未曾|并未|从未|暂未|尚未|均未|未|没有|没|暂无|均无|并无|无|不存在|零)"
