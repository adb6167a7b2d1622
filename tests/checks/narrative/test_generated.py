"""Random filings told in many ways: told truly, nothing is said; one number told wrong, its rule says so."""

from __future__ import annotations

import random

import pytest

TEMPLATES = [
    ("X-03", "new", "{year}年，{me}共收到政府信息公开申请{new}。"),
    ("X-03", "new", "全年新收政府信息公开申请{new}。"),
    ("X-03", "new", "本年度受理依申请公开{new}。"),
    ("X-03", "new", "{year}年度，共接到公民、法人和其他组织提出的政府信息公开申请{new}，均依法登记。"),
    ("X-03", "new", "收到{new}政府信息公开申请。"),
    ("X-03", "new", "政府信息公开申请收件{new}。"),
    ("X-03", "new", "{year}年收到依申请公开事项{new}，较上年增加3件。"),
    ("X-03", "new", "今年以来，{me}累计收到政府信息公开申请{new}，同比下降12.5%。"),
    ("X-03", "both", "受理政府信息公开申请{both}（含上年结转{in}）。"),
    ("X-04", "in", "政府信息公开申请上年结转{in}。"),
    ("X-04", "in", "本年新收政府信息公开申请{new}，上年度结转{in}。"),
    ("X-04", "in", "其中{last}年结转的政府信息公开申请{in}。"),
    ("X-04", "out", "政府信息公开申请结转下年度继续办理{out}。"),
    ("X-04", "out", "收到政府信息公开申请{new}，{out}结转至{next}年办理。"),
    ("X-04", "out", "收到政府信息公开申请{new}，上年结转{in}，办结{done}，结转下一年度{out}。"),
    ("X-05", "done", "办结政府信息公开申请{done}。"),
    ("X-05", "done", "全年依法答复政府信息公开申请{done}。"),
    ("X-05", "done", "新收政府信息公开申请{new}，上年结转{in}，办结{done}。"),
    ("X-05", "granted", "办结政府信息公开申请{done}，其中予以公开{granted}。"),
    ("X-05", "granted", "政府信息公开申请予以公开{granted}，部分公开{partial}。"),
    ("X-05", "partial", "政府信息公开申请的办理结果：予以公开{granted}、部分公开{partial}、不予公开{refused}。"),
    ("X-05", "refused", "政府信息公开申请中，{granted}予以公开，{partial}部分公开，{refused}不予公开。"),
    ("X-05", "absent", "政府信息公开申请无法提供{absent}。"),
    ("X-05", "absent", "政府信息公开申请中，因本机关不掌握相关政府信息无法提供{absent}。"),
    ("X-06", "review", "因政府信息公开引起的行政复议{review}。"),
    ("X-06", "review", "{year}年，因政府信息公开被申请行政复议{review}，被提起行政诉讼{suit}。"),
    ("X-06", "suit", "政府信息公开类行政复议{review}、行政诉讼{suit}。"),
    ("X-06", "upheld", "因政府信息公开被申请行政复议{review}，其中结果维持{upheld}、尚未审结{pending}。"),
    ("X-06", "pending", "政府信息公开行政复议案件{review}：维持{upheld}、尚未审结{pending}。"),
    ("X-06", "direct", "政府信息公开行政诉讼中，未经复议直接起诉{direct}，复议后起诉{after}。"),
    ("X-06", "after", "未经复议直接起诉{direct}，复议后起诉{after}，均因政府信息公开引起。"),
    ("X-09", "issued", "制发行政规范性文件{issued}。"),
    ("X-09", "repealed", "制定规范性文件{issued}，废止{repealed}，现行有效{force}。"),
    ("X-09", "force", "现行有效行政规范性文件共{force}。"),
    ("X-09", "penalty", "作出行政处罚决定{penalty}。"),
    ("X-09", "licence", "全年作出行政许可决定{licence}、行政处罚决定{penalty}。"),
    ("X-10", "part", "共发布政务信息{sum}，其中网站发布{part}，其他渠道发布{rest}。"),
    ("X-10", "sum", "登记来信{part}、来电{rest}，合计{sum}。"),
]
ROUND = 4
"""How often each template is told with other numbers."""


def chinese(number):
    """Write a number below 10000 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    text, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if pending and text else "") + digits[digit] + name
        pending = digit == 0 and bool(text)
    return text[1:] if text.startswith("一十") else text or "零"


def written(number, source, unit):
    """Write a count in one of the ways that reports write it."""
    style = source.randrange(5)
    if style == 0 and number < 10_000:
        return chinese(number) + unit
    if style == 1:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)) + unit
    return f"{number}{source.choice(['', ' '])}{unit}"


def story(source):
    """Return random numbers that agree with one another."""
    top = source.choice([3, 12, 60, 400])
    done = {name: source.randint(1, top) for name in ("granted", "partial", "refused", "absent")}
    out = source.randint(1, 9)
    total = sum(done.values())
    carried = source.randint(1, min(9, total))
    numbers = {**done, "done": total, "in": carried, "out": out, "new": total + out - carried}
    numbers["both"] = numbers["new"] + carried
    numbers["upheld"], numbers["pending"] = source.randint(1, 9), source.randint(1, 9)
    numbers["review"] = numbers["upheld"] + numbers["pending"]
    numbers["direct"], numbers["after"] = source.randint(1, 9), source.randint(1, 9)
    numbers["suit"] = numbers["direct"] + numbers["after"]
    numbers["issued"], numbers["repealed"], numbers["force"] = (source.randint(1, 9), source.randint(1, 9), 40)
    numbers["penalty"], numbers["licence"] = source.randint(1, 300), source.randint(1, 3000)
    numbers["part"], numbers["rest"] = source.randint(20, 900), source.randint(20, 900)
    numbers["sum"] = numbers["part"] + numbers["rest"]
    return numbers


def cells_of(numbers):
    """Return the cells of a filing with these numbers, all applicants natural persons."""
    rows = {
        "received_new": "new", "carried_in": "in", "granted": "granted", "partial": "partial",
        "refused.third_party": "refused", "unavailable.not_held": "absent", "outcome_total": "done", "carried_out": "out",
    }  # fmt: skip
    cells = {
        f"t3.{row}.{column}": numbers[name] for row, name in rows.items() for column in ("natural_person", "total")
    }
    cells |= {f"t4.reconsideration.{column}": numbers[column] for column in ("upheld", "pending")}
    cells |= {"t4.reconsideration.total": numbers["review"]}
    for row, name in (("suit_direct", "direct"), ("suit_after", "after")):
        cells |= {f"t4.{row}.upheld": numbers[name], f"t4.{row}.total": numbers[name]}
    for column, name in (("issued", "issued"), ("repealed", "repealed"), ("in_force", "force")):
        cells[f"t2.normative_doc.{column}"] = numbers[name]
    return cells | {"t2.penalty.decisions": numbers["penalty"], "t2.licence.decisions": numbers["licence"]}


def told(template, numbers, source, year, wrong=None):
    """Return the sentence; ``wrong`` gives one slot another number."""
    units = ["件", "件", "宗", "件次"] if "申请" in template else ["件", "件", "起"]
    unit = "件" if "规范性文件" in template else source.choice(units)
    said = {name: other(numbers, name, source) if name == wrong else number for name, number in numbers.items()}
    slots = {name: written(number, source, unit) for name, number in said.items()}
    return template.format(
        year=year, last=year - 1, next=year + 1, me=source.choice(["我局", "县林业局", "本机关"]), **slots
    )


def other(numbers, name, source):
    """Return a wrong number: a neighbour, a digit more, digits swapped; never one that another reading would fit."""
    right = numbers[name]
    taken = {right, numbers["new"], numbers["both"], numbers["done"] - numbers["in"], numbers["done"], 0}
    choices = [right + 1, right + 2, right * 10, int(str(right)[::-1]), right + 100]
    return source.choice([choice for choice in choices if choice not in taken] or [right + 1000])


@pytest.mark.parametrize("turn", range(ROUND))
@pytest.mark.parametrize(("code", "slot", "template"), TEMPLATES)
def test_told_truly_and_told_wrong(scenes, code, slot, template, turn):
    """True to the tables, no finding at all; with one number wrong, exactly that rule among the errors of the sentence."""
    source = random.Random(f"{template}{turn}")
    year = source.choice([2021, 2022, 2023, 2024, 2025])
    numbers = story(source)
    filing = scenes.report(year, "county_department", "云溪县林业局", "云溪县", cells_of(numbers))
    true = told(template, numbers, source, year)
    found = scenes.own_findings(scenes.with_sentence(filing, true))
    assert not found, f"{true} → {found[0].message}"
    wrong = told(template, numbers, source, year, wrong=slot)
    codes = {finding.code for finding in scenes.own_findings(scenes.with_sentence(filing, wrong))}
    assert code in codes, wrong
