"""slip: a copy of a workbook whose 报送单 is written, to be printed and signed where no button can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.commands.checking import WITH_LAST_YEAR
from gk_xl.cli.commands.copies import BENT
from gk_xl.cli.exit_codes import DONE, FOUND
from gk_xl.errors import WorkbookError
from gk_xl.intake import inspect, receive, receive_last_year, with_reasons
from gk_xl.workbook.content import Content, now, without_last_year
from gk_xl.workbook.layout import SLIP, UNCOUNTED
from gk_xl.workbook.package.marked import Signed, marked_copy
from gk_xl.workbook.saving import save_bytes
from gk_xl.workbook.sealing import asked_for, sealed_texts
from gk_xl.workbook.sheets.slip import live_verdict, slip_height

if TYPE_CHECKING:
    import argparse


def slip(options: argparse.Namespace) -> int:
    """Write the copy and say what it bears; 0 nothing wrong, 1 errors stand, 2 it could not be written."""
    received = with_reasons(receive(options.file), options.reasons)
    reading = received.reading
    if reading is None or SLIP not in reading.layout.extras:
        raise WorkbookError(f"“{options.file}”里没有“{SLIP}”这张表。请给年报工作簿；较早的模板先用“修复”换成新的一本。")
    last = receive_last_year(options.last_year).filing if options.last_year else None
    result = inspect(received, last)
    at = now()
    content = Content(reading.layout, reading.filing, last or received.last, result, at)
    texts = sealed_texts(content)
    places = {reading.places[f"slip.{name}"]: text for name, text in texts.items()}
    reasons = reading.places["slip.reasons"]
    verdict = reading.places["slip.verdict"]
    live = {} if reading.layout.schema in UNCOUNTED else {verdict: live_verdict(texts["verdict"])}
    signed = Signed(places, live, {reasons: slip_height("reasons", texts["reasons"])})
    try:
        copy = marked_copy(options.file, reading, result, last or received.last, at, signed)
    except BENT:
        raise WorkbookError(f"“{options.file}”的表不齐，没有写“{SLIP}”。请先用“修复”换成新的一本，再做一张。") from None
    save_bytes(
        options.output, copy.data, inputs=[options.file, *filter(None, [options.last_year])], force=options.force
    )
    stands = "还有错误，先改正再签。" if result.errors else ""
    if asked := asked_for(content, options.reasons.name if options.reasons else ""):
        print(f"{asked}保存，再重新做一张，然后签字。")
    print(f"报送单已写在“{options.output}”：{texts['verdict']}。{stands}")
    if told := without_last_year(result, WITH_LAST_YEAR):
        print(told)
    sign = "" if asked or result.errors else f"请打开它，打印“{SLIP}”这张表签字，要电子版的也交这一本；"
    print(f"{sign}此后改了任何一处，都要重新做一张。指纹 {texts['fingerprint']}。")
    return FOUND if result.errors else DONE
