"""verify: whether a workbook or report is the one that was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.exit_codes import DONE, FOUND

if TYPE_CHECKING:
    import argparse


def verify(options: argparse.Namespace) -> int:
    """Say whether a file is what was signed; 0 it is, 1 it is not, 2 could not be told."""
    from gk_xl.desk.signed import verify as verified

    found = verified(options.file, options.sign)
    who = f"（{found.signed.who}）" if found.signed.who else ""
    if found.same:
        print(f"一致：{found.source} 就是签字的那一份{who}，指纹 {found.found.whole}。")
        return DONE
    print(f"不一致：{found.source} 不是签字的那一份{who}。")
    print(f"  报送单上的指纹：{found.signed.code}（{found.signed.source}）")
    print(f"  这份文件的指纹：{found.found.whole}")
    if found.different:
        print(f"  签字后改动过：{'、'.join(found.different)}。请改回签字时的内容，或重新点“报送单”、重新签字。")
    else:
        print("  请核对指纹有没有抄错；没有抄错的，这份文件签字后改动过，请重新签字。")
    return FOUND
