"""What a clerk typed is read as the number meant, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.entries import Reading, chinese_number, read_entry, reads_beyond
from gk_xl.form.cleaning import LARGEST
from gk_xl.form.schema import ValueKind

COUNT, SIGNED, AMOUNT = ValueKind.COUNT, ValueKind.SIGNED, ValueKind.AMOUNT
EITHER = "元或万元"

DIGITS = "零一二三四五六七八九"


def printed_in_chinese(number: int) -> str:
    """Print an integer from 0 to below 10^12 in standard numerals: 十二, 一百零五, 一万零三百, 一亿零五."""
    if number < 0:
        return "负" + printed_in_chinese(-number)
    if number < 10_000:
        return _below_ten_thousand(number)
    for place, name in ((100_000_000, "亿"), (10_000, "万")):
        if number >= place:
            high, low = divmod(number, place)
            if low == 0:
                tail = ""
            elif low < place // 10:
                tail = "零" + printed_in_chinese(low).replace("十", "一十", 1 if 10 <= low < 20 else 0)
            else:
                tail = printed_in_chinese(low)
            return printed_in_chinese(high) + name + tail
    raise AssertionError(number)


def _below_ten_thousand(number: int) -> str:
    if 10 <= number < 20:
        return "十" + (DIGITS[number % 10] if number % 10 else "")
    text, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text or "零"


FULL_WIDTH = str.maketrans("0123456789-+.,", "０１２３４５６７８９－＋．，")
INTEGERS = st.integers(min_value=-(10**12) + 1, max_value=10**12 - 1)
COUNTS = st.integers(min_value=0, max_value=10**12 - 1)


@pytest.mark.parametrize(
    ("text", "number", "unit", "note"),
    [
        ("12", 12, "", ""),
        ("１２", 12, "", "全角数字"),
        ("12件", 12, "件", "含单位“件”"),
        ("2笔", 2, "笔", "含单位“笔”"),
        ("12 件", 12, "件", "含单位“件”"),
        ("十二", 12, "", "汉字数字"),
        ("三条", 3, "条", "含单位“条”、汉字数字"),
        ("O", 0, "", "字母 O 作数字 0"),
        ("o", 0, "", "字母 O 作数字 0"),
        ("〇", 0, "", "汉字数字"),
        ("1O", 10, "", "字母 O 作数字 0"),
        ("1,234", 1234, "", "千分位逗号"),
        ("1，234", 1234, "", "千分位逗号"),
        ("减4", -4, "", "“减”作负号"),
        ("增4", 4, "", "“增”作正号"),
        ("+173", 173, "", "正号"),
        ("-18", -18, "", ""),
        ("－18", -18, "", "全角符号"),
        ("−18", -18, "", ""),
        ("22（其中修订16件）", 22, "", "括注“（其中修订16件）”未计"),
        ("22件（其中修订16件）", 22, "件", "括注“（其中修订16件）”未计、含单位“件”"),
        ("\u00a00", 0, "", "多余空格"),
        ("\u3000\u3000３", 3, "", "多余空格、全角数字"),
        ("0\u00a0", 0, "", "多余空格"),
        ("2.5万", 25000, "", "含“万”"),
        ("12.0", 12, "", ""),
        ("1.5", 1.5, "", ""),
    ],
)
def test_a_count_is_read_and_the_note_says_what_was_normalised(text, number, unit, note):
    """Each published oddity gets its number, the unit that the text named, and a remark."""
    assert read_entry(text, COUNT, "件") == Reading(number, unit, note)


@pytest.mark.parametrize(
    "text", ["/", "／", "\\", "-", "－", "—", "——", "–", "−", "无", "没有", "空", "\u3000无", "暂无"]
)
@pytest.mark.parametrize(("kind", "unit"), [(COUNT, "件"), (SIGNED, "项"), (AMOUNT, EITHER)])
def test_a_mark_for_nothing_reads_zero_but_must_be_confirmed(text, kind, unit):
    """“/” or “无” is a reading of 0 that is not sure; its note quotes what stood there."""
    reading = read_entry(text, kind, unit)
    assert reading is not None
    assert (reading.number, reading.unit, reading.sure) == (0, "", False)
    assert text.strip() in reading.note


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u3000", "约3", "3余件", "十余", "百", "万", "千万", "二三", "1 2", "1,23", "12,34", "1，2",
        "1.2.3", "1.", "１．",
        "①", "½", "²", "1e5", "12%", "3/4", "2020年", "见附件", "+", "减", "（12）", "件", "251000元",
        "10.4万元", "多项", "0x10", "٣",
        "一千零五百", "一百二百", "十百", "一一十", "零零", "二十零", "1、2", "+-1", "--1", "nan", "inf",
        "9" * 400, "一" * 400, "（" * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_certain_is_not_read(text):
    """Blank, vague, split, damaged or foreign text has no reading as a count; no input makes the reader fail."""
    assert read_entry(text, COUNT, "件") is None


@pytest.mark.parametrize(
    ("text", "unit", "number", "named", "note"),
    [
        ("766202元", EITHER, 766202, "元", "含单位“元”"),
        ("10.4万元", EITHER, 10.4, "万元", "含单位“万元”"),
        ("10.4（万元）", EITHER, 10.4, "万元", "含单位“万元”"),
        ("１０．４万元", EITHER, 10.4, "万元", "全角数字、含单位“万元”"),
        ("8040", EITHER, 8040, "", ""),
        ("251000元", "万元", 25.1, "元", "251000元 → 25.1万元"),
        ("￥251000", "万元", 25.1, "元", "251000元 → 25.1万元"),
        ("人民币251,000元整", "万元", 25.1, "元", "千分位逗号、251,000元 → 25.1万元"),
        ("160.5964万元", "万元", 160.5964, "万元", "含单位“万元”"),
        ("190.457379", "万元", 190.457379, "", ""),
        ("1.2亿元", "万元", 12000, "万元", "1.2亿元 → 12000万元"),
        ("25.1万元", "元", 251000, "万元", "25.1万元 → 251000元"),
        ("三万元", "万元", 3, "万元", "汉字数字、含单位“万元”"),
        ("3万", "万元", 3, "万元", "“万”读作“万元”、含单位“万元”"),
        ("12.5万", "万元", 12.5, "万元", "“万”读作“万元”、含单位“万元”"),
        ("0元", "万元", 0, "元", "0元 → 0万元"),
    ],
)
def test_money_is_brought_to_the_cell_s_unit_and_never_in_silence(text, unit, number, named, note):
    """元 in a cell of 万元 is converted with a remark; where the form names no unit the number stays as written."""
    reading = read_entry(text, AMOUNT, unit)
    assert reading == Reading(number, named, note)
    assert type(reading.number) is type(number)


@pytest.mark.parametrize("text", ["3件", "3人", "3%", "约3万元", "3.4.5元", "元", "万元", ""])
def test_an_amount_that_is_none_is_not_read(text):
    """A count's unit or a damaged number is no amount of money."""
    assert read_entry(text, AMOUNT, "万元") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("十五", 15), ("廿五", 25), ("卅", 30), ("两千", 2000), ("两千零五", 2005),
        ("一百零五", 105), ("一百五", 150),
        ("一百五十", 150), ("三千五", 3500), ("一万二", 12000), ("一万零二", 10002), ("一万零五百", 10500),
        ("三万五千", 35000),
        ("一亿两千万", 120_000_000), ("九千九百九十九亿九千九百九十九万九千九百九十九", 999_999_999_999),
        ("壹仟贰佰叁拾肆", 1234),
        ("二〇二五", 2025), ("二零二五", 2025), ("二○二五", 2025), ("二O二五", 2025), ("一九九九", 1999),
        ("零", 0), ("〇", 0),
        ("一点五", 1.5), ("十点零五", 10.05), ("一点零", 1),
    ],
)  # fmt: skip
def test_chinese_numerals(text, number):
    """Numerals with places, colloquial, of the accounts, digit by digit, and decimals."""
    assert chinese_number(text) == number
    assert type(chinese_number(text)) is type(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "二三",
        "两三百",
        "十余",
        "几十",
        "百",
        "万",
        "亿",
        "一点",
        "点五",
        "一点五点五",
        "一万零五千",
        "一万零一千",
        "一百零十",
        "二十十",
        "一万万",
        "一亿亿",
        "12",
    ],
)
def test_not_a_chinese_numeral(text):
    """Approximations, places without a digit and misplaced 零 are not read."""
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2百", 200), ("2千", 2_000), ("2万", 20_000), ("2十万", 200_000), ("2百万", 2_000_000), ("2千万", 20_000_000),
        ("2亿", 200_000_000), ("5。", 5), ("5；", 5), ("+5", 5),
    ],
)  # fmt: skip
def test_each_multiple_and_a_stop_behind(text, number):
    """A number with 百 to 亿 behind it; a sentence's end is no part of it."""
    reading = read_entry(text, COUNT, "件")
    assert reading is not None
    assert reading.number == number


def test_a_sign_that_says_both_is_not_read():
    """±5 may be either."""
    assert read_entry("±5", SIGNED, "项") is None


@pytest.mark.parametrize(("length", "reads"), [(200, True), (201, False)])
def test_an_entry_of_more_than_two_hundred_characters_is_a_text(length, reads):
    """A number with a remark behind it, up to that length."""
    text = "5（" + "备" * (length - 3) + "）"
    assert len(text) == length
    assert (read_entry(text, COUNT, "件") is not None) is reads


def test_a_number_that_no_cell_can_hold_is_none_but_is_known_as_a_number():
    """The largest that a filing holds is read, the next is not; a text that is no number is not beyond anything."""
    largest, beyond = str(int(LARGEST)), str(int(LARGEST) + 1)
    reading = read_entry(largest, COUNT, "件")
    assert reading is not None
    assert reading.number == LARGEST
    assert read_entry(beyond, COUNT, "件") is None
    assert [reads_beyond(text, COUNT, "件") for text in (largest, beyond, f"-{beyond}", "见附件")] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "note"),
    [("０", "全角数字"), ("９", "全角数字"), ("＋5", "全角符号、正号"), ("5．5", "全角符号"), ("－5", "全角符号")],
)
def test_full_width_digits_and_signs_are_told_apart(text, note):
    """From ０ to ９ they are digits; what else is typed full-width is a sign."""
    reading = read_entry(text, AMOUNT, "万元")
    assert reading is not None
    assert reading.note == note


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1O" + "0" * 7, 10**8), ("0" * 18 + "1O", 10), ("0" * 19 + "1O", None),
        ("零点" + "一" * 12, 0.111111111111), ("零点" + "一" * 13, None),
    ],
)  # fmt: skip
def test_how_long_a_number_may_be(text, number):
    """Twenty characters with the letter O for nought, twelve decimals in Chinese; longer is a text."""
    reading = read_entry(text, AMOUNT, "万元")
    assert (reading.number if reading else None) == number


@pytest.mark.parametrize(("length", "number"), [(30, int("1" + "0" * 29)), (31, None)])
def test_how_many_characters_a_chinese_number_may_have(length, number):
    """Thirty, digit by digit."""
    assert chinese_number("一" + "〇" * (length - 1)) == number


def test_every_character_of_the_accounts():
    """Digits and steps as they are written so that nobody can change them, with the variants that people type."""
    for digits in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖"):
        assert [chinese_number(character) for character in digits] == list(range(1, 10))
    assert [chinese_number(character) for character in "零〇○两弍叄"] == [0, 0, 0, 2, 2, 3]
    for ten, hundred, thousand in ("十百千", "拾佰仟"):
        assert chinese_number(f"三{thousand}五{hundred}七{ten}一") == 3571
    assert [chinese_number(f"{tens}一") for tens in "廿卅卌"] == [21, 31, 41]
    assert chinese_number("三萬") == 30_000
    assert chinese_number("二億") == 200_000_000


@given(INTEGERS)
def test_every_integer_printed_in_arabic_digits_reads_back(number):
    """Plain, full-width, with commas of either width, with a plus sign or a unit behind."""
    sign, digits, grouped = "-" * (number < 0), str(abs(number)), f"{abs(number):,}"
    plain = sign + digits
    for text in (
        plain, plain.translate(FULL_WIDTH), sign + grouped, sign + grouped.replace(",", "，"),
        (sign + grouped).translate(FULL_WIDTH),
        f"\u3000{plain}\u00a0", f"{plain}件", f"{plain} 项", f"{plain}（其中3件）",
        f"{sign.replace('-', '减')}{digits}",
    ):  # fmt: skip
        reading = read_entry(text, SIGNED, "项")
        assert reading is not None, text
        assert (reading.number, reading.sure) == (number, True)
        assert bool(reading.note) == (text.strip("-") != digits), text


@given(INTEGERS)
def test_every_integer_printed_in_chinese_reads_back(number):
    """Standard numerals up to below 10^12, negative ones with 负."""
    text = printed_in_chinese(number)
    reading = read_entry(text, SIGNED, "项")
    assert reading is not None, text
    assert reading.number == number
    if number >= 0:
        assert chinese_number(text) == number


@given(COUNTS, st.integers(0, 9999))
def test_every_amount_reads_back_in_either_unit(yuan, fraction):
    """An amount typed in 万元 with four decimals and the same amount typed in 元 give the same number of 万元."""
    in_wan = f"{yuan % 10**9}.{fraction:04d}"
    in_yuan = f"{yuan % 10**9 * 10_000 + fraction}元"
    first, second = read_entry(f"{in_wan}万元", AMOUNT, "万元"), read_entry(in_yuan, AMOUNT, "万元")
    assert first is not None
    assert second is not None
    assert first.number == second.number == float(in_wan)


@given(st.text(max_size=30), st.sampled_from(ValueKind), st.sampled_from(["件", "项", "元", "万元", EITHER]))
def test_any_text_either_has_a_reading_or_none(text, kind, unit):
    """No text makes the reader fail; a reading without a remark is a number that was typed as one."""
    reading = read_entry(text, kind, unit)
    if reading is not None and not reading.note:
        assert float(text.strip().replace("−", "-").translate({0x2013: "-", 0x2014: "-"})) == reading.number


@given(st.text(alphabet="零〇一二三五九十百千万亿点两廿", max_size=12))
def test_a_chinese_numeral_that_is_read_means_one_number(text):
    """What is read prints to a numeral that reads the same: no two-way reading slips through."""
    number = chinese_number(text)
    if isinstance(number, int) and number < 10**12:
        assert chinese_number(printed_in_chinese(number)) == number
