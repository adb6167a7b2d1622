"""Traditional characters of the form's labels, headings and titles → simplified, for comparing only; text stays as it is."""

from __future__ import annotations

from typing import Final

_TRADITIONAL: Final = (
    "內製發數廢現規範處決許罰強費額單萬業機構會組織務總計請結轉辦開區這類屬於國禁護權過執詢無關沒現補後確訪舉報訴複復"
    "獲繳納續議訟維糾審經體動問題進況採購項對減標準釋導詳據會長變應當實際點優擴設監責時間網鎮鄉縣廳辦與從價證權"
    "見讀寫號條約級紀統領導傳媒衆眾專門產質團體歲歷賬戶環農場電話郵線鏈車頁"
)
_SIMPLIFIED: Final = (
    "内制发数废现规范处决许罚强费额单万业机构会组织务总计请结转办开区这类属于国禁护权过执询无关没现补后确访举报诉复复"
    "获缴纳续议讼维纠审经体动问题进况采购项对减标准释导详据会长变应当实际点优扩设监责时间网镇乡县厅办与从价证权"
    "见读写号条约级纪统领导传媒众众专门产质团体岁历账户环农场电话邮线链车页"
)
TABLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text with the traditional characters that labels, headings and titles are made of made simplified."""
    return text.translate(TABLE)
