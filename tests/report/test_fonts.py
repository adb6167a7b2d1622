"""What is said of the fonts of a PDF, told by the names they have inside it."""

from __future__ import annotations

import pytest

from gk_xl.report.fonts import fonts_note, others_in


def pdf(*names: str) -> bytes:
    """Return as much of a PDF as names its fonts."""
    return b"%PDF-1.7\n" + b"".join(f"<</Type/Font/BaseFont/{name}/Encoding/Identity-H>>\n".encode() for name in names)


@pytest.mark.parametrize(
    "name",
    ["BAAAAA+FangSong_GB2312", "CAAAAA+FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0", "SimHei", "NSimSun", "ABCDEF+STFangsong",
     "KaiTi_GB2312", "TimesNewRomanPSMT", "LiberationSerif", "#E4#BB#BF#E5#AE#8B_GB2312"],
)  # fmt: skip
def test_fonts_of_the_standard_and_of_windows_need_no_word(name):
    assert fonts_note(pdf(name)) == ""


def test_stand_ins_are_named_once():
    data = pdf(
        "BAAAAA+NotoSerifCJKjp-Regular-VKana", "CAAAAA+SimHei", "DAAAAA+NotoSerifCJKjp-Bold", "EAAAAA+WenQuanYiZenHei"
    )
    assert others_in(data) == ("NotoSerifCJKjp", "WenQuanYiZenHei")
    assert "NotoSerifCJKjp、WenQuanYiZenHei" in fonts_note(data)
