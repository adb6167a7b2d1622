"""Notes: our lines come out again, nothing that a clerk typed goes with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gk_xl.workbook.notes import joined, own_text, parted, sealed

OURS = "【线索】J8 可能填错\n【错误 T3-03】这一行：总计填 14，应为 4。"
LINE = st.text(alphabet=st.sampled_from("【】错误待核— 王\u200b\u200cT3-0提示"), max_size=12)


def plain(text: str) -> str:
    return text.replace("\u200b", "").replace("\u200c", "")


def test_our_lines_read_as_written_and_are_known_again():
    note = sealed(OURS)
    assert plain(note) == OURS
    assert parted(note) == (note, "")


def test_a_bracket_is_no_mark():
    """What a clerk writes like a finding of ours is the clerk's."""
    for text in ("【待核】问老王要台账，电话…", "【错误】这里不对", "上一行\n————\n下一行", "【提示】\n\n再看"):
        assert own_text(text) == text
        assert own_text(joined(sealed(OURS), text)) == text
        assert own_text(joined(sealed("另一条"), own_text(joined(sealed(OURS), text)))) == text


def test_what_is_typed_behind_into_or_between_our_lines_is_kept():
    first, second = sealed(OURS).split("\n")
    assert own_text(f"{first}老王说没错\n{second}") == "老王说没错"
    assert own_text(f"{first}\n台账第3页\n{second}") == "台账第3页"
    assert own_text(f"老王：{first}\n{second}") == f"老王：{OURS.splitlines()[0]}"
    changed = second.replace("应为 4", "应为 4（问过）")
    assert own_text(f"{first}\n{changed}") == plain(changed)
    assert own_text(sealed(OURS).replace("\n", "\r\n") + "\r\n记着") == "记着"


def test_findings_of_earlier_versions_are_ours():
    assert own_text(f"{OURS}\n————\n原值：3") == "原值：3"


@given(st.lists(LINE, min_size=1, max_size=4))
def test_any_remark_survives_any_number_of_checks(lines):
    """Up to our invisible seals and blank lines at its ends."""
    remark = "\n".join(lines)
    kept = own_text(joined(sealed(OURS), own_text(remark)))
    again = own_text(joined(sealed("别的"), kept))
    assert kept == again == own_text(remark)
