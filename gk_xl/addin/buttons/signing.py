"""报送单: the verdict, the reasons and the fingerprint of what will be signed, written on the sheet that is printed."""

from __future__ import annotations

from typing import Any

from gk_xl.addin.buttons.following import fit_pages, follow
from gk_xl.addin.buttons.judging import judge, require_sheet
from gk_xl.addin.buttons.marking import mark, put_slip_verdict
from gk_xl.addin.buttons.walking import go_to
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.wording import spoken
from gk_xl.workbook.content import now
from gk_xl.workbook.layout import SEALED, SIGNERS, SLIP, Place
from gk_xl.workbook.sealing import asked_for, sealed_texts
from gk_xl.workbook.sheets.slip import slip_height

SIGN = "请填好填报人、审核人、负责人、日期（也可以打印后手写），保存工作簿（Ctrl+S），打印签字。"


@spoken()
@healing("报送单")
def make_slip(book: Any) -> str:
    """报送单: check once more, write verdict, reasons and fingerprint on the sheet that is signed, and go there."""
    judged = judge(book, now())
    require_sheet(judged.reading, SLIP)
    texts = sealed_texts(judged.content)
    with Edit(book, "报送单") as edit:
        followed = follow(edit, book, judged)
        mark(edit, judged)
        first = judged.reading.places[f"slip.{SEALED[0][0]}"]
        edit.block(first.sheet, first.row, first.column, [[texts[name] or None] for name, _ in SEALED])
        put_slip_verdict(edit, judged, signed=True)
        row = judged.reading.places["slip.reasons"].row
        edit.sheet(SLIP).range((row, 1)).row_height = slip_height("reasons", texts["reasons"])
        fit_pages(book, judged)
    for place in (Place(SLIP, 1, 1), judged.reading.places[f"slip.{SIGNERS[0][0]}"]):  # seen from the top
        go_to(book, place)
    stands = "还有错误，先改正再签；改了任何一处，都要重新点“报送单”。" if judged.result.errors else ""
    asked = asked_for(judged.content)
    told = f"{asked}再点“报送单”，然后打印签字。" if asked else ""
    return f"{told}{followed}报送单已写好：{texts['verdict']}。{stands}{'' if asked or judged.result.errors else SIGN}指纹 {texts['fingerprint']}。"
