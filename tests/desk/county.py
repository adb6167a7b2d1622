"""A made county of sixty units: sound filings in the units' own words, and faults planted in some, each known by name."""

from __future__ import annotations

import csv
import io
import os
import random
import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gk_xl.checks.binding import identities
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import load_edition
from gk_xl.form.units import unit_kinds
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook

if TYPE_CHECKING:
    from pathlib import Path

YEAR = 2025
COUNTY = "临泽川县"
PLACES = (
    "青石", "白水", "大河滩", "长岭", "东坪", "柳林", "石桥", "云台", "龙潭", "枣园", "梅溪", "松山", "南坝", "苇塘",
    "红崖", "桃花坞", "月亮泉", "麻地沟", "杏树湾", "竹坪",
)  # fmt: skip
BUREAUS = (
    "教育局", "民政局", "司法局", "财政局", "水利局", "审计局", "统计局", "交通运输局", "农业农村局", "文化和旅游局",
    "卫生健康局", "应急管理局", "市场监督管理局", "医疗保障局", "自然资源局", "住房和城乡建设局", "人力资源和社会保障局",
    "退役军人事务局", "林业和草原局", "发展和改革局", "科技局", "公安局", "信访局", "城市管理局", "数据局", "乡村振兴局",
    "商务局", "体育局", "生态环境局", "行政审批局", "气象服务局", "粮食和物资储备局", "能源局", "机关事务管理局",
    "供销社管理局", "地震工作局",
)  # fmt: skip
TOPICS = (
    "惠农补贴发放", "社会救助对象认定", "村庄道路修建", "义务教育招生", "医保报销政策", "养老服务设施", "老旧小区改造",
    "农村饮水工程", "就业培训补贴", "危房改造名单", "食品安全抽检", "公交线路调整", "林木采伐许可", "残疾人补贴",
    "高标准农田建设", "校车安全管理", "消防隐患整治", "统计调查结果", "法律援助案件", "财政预算决算",
)  # fmt: skip
READERS = (
    "种粮大户",
    "外出务工人员",
    "在校学生家长",
    "个体工商户",
    "退役军人",
    "老年人",
    "小区业主",
    "养殖户",
    "残疾人家庭",
    "企业会计",
)
WAYS = (
    "由两人各看一遍再上网", "先送法律顾问看过再发", "每周五集中核对一次", "由分管领导逐条签字", "发布前请群众代表试读",
    "上网后第三天回看一次", "照目录逐项打勾", "按月抽查十条", "和档案编号对得上才发", "改动的地方另行注明",
)  # fmt: skip
FAULTS = (
    "正文与表三不符", "总计少一位", "两格串列", "空着一格", "格里写了单位", "上年结转接不上", "统计期限只到十一月",
    "引用旧文号", "没有改进措施", "自称用错",
)  # fmt: skip


@dataclass
class Plants:
    """What was planted: names of units by fault, and files."""

    roster: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    faulty: dict[str, str] = field(default_factory=dict)
    old_form: list[str] = field(default_factory=list)
    left_out_of_total: str = ""
    files: dict[str, Path] = field(default_factory=dict)
    filings: dict[str, Filing] = field(default_factory=dict)
    before: dict[str, Filing] = field(default_factory=dict)


def units() -> list[Unit]:
    """Return sixty units in the county's order: 街道, 镇, 乡, departments."""
    found = []
    for number, place in enumerate(PLACES):
        kind, ending = (
            ("subdistrict", "街道办事处")
            if number < 4
            else ("town", "镇人民政府")
            if number < 11
            else ("township", "乡人民政府")
        )
        found.append(Unit(place + ending, kind, unit_kinds()[kind].self_word, COUNTY))
    found += [Unit(COUNTY + name, "county_department", "我局", COUNTY) for name in BUREAUS]
    return found + [
        Unit(f"{COUNTY}{name}", "county_department", "我局", COUNTY)
        for name in ("民族宗教事务局", "投资促进局", "园林绿化局", "国有资产监督管理局")
    ]


def cells(dice: random.Random, edition_id: str = "2021") -> dict:
    """Return sound numbers of one unit."""
    edition = load_edition(edition_id)
    found: dict = dict.fromkeys(edition.cells, 0)
    natural, firms = dice.randint(12, 40), dice.randint(0, 6)
    found["t3.received_new.natural_person"], found["t3.received_new.commercial"] = natural, firms
    found["t3.carried_in.natural_person"] = carried = dice.randint(0, 2)
    out = dice.randint(0, 2)
    found["t3.carried_out.natural_person"] = out
    handled = natural + carried - out
    refused = dice.randint(0, handled // 4)
    partial = dice.randint(0, handled // 5)
    found["t3.refused.third_party.natural_person"] = refused
    found["t3.partial.natural_person"] = partial
    found["t3.granted.natural_person"] = handled - refused - partial
    found["t3.granted.commercial"] = firms
    found["t4.reconsideration.upheld"] = dice.randint(0, 1)
    found["t4.reconsideration.corrected"] = dice.randint(0, 1)
    found["t4.suit_after.upheld"] = dice.choice((0, 0, found["t4.reconsideration.upheld"]))
    if "t2.normative_doc.issued" in found:
        issued, repealed = dice.randint(0, 4), dice.randint(0, 1)
        found |= {
            "t2.normative_doc.issued": issued,
            "t2.normative_doc.repealed": repealed,
            "t2.normative_doc.in_force": dice.randint(8, 19),
        }
    found["t2.licence.decisions"] = dice.randint(11, 90)
    return summed(found, edition_id)


def summed(found: dict, edition_id: str = "2021") -> dict:
    """Return numbers with every total worked out."""
    found = dict(found)
    totals = [(next(iter(terms)), terms) for rule, terms in identities(edition_id) if rule.rule.fills]
    for _ in range(3):
        for total, terms in totals:
            found[total] = -sum(found[cell] * sign for cell, sign in terms.items() if cell != total)
    return found


def narrative(unit: Unit, numbers: dict, dice: random.Random, year: int = YEAR) -> dict[str, tuple[str, ...]]:
    """Return a text in the unit's own words that says what its tables say."""
    short, own = unit.name.removesuffix("人民政府").removesuffix("办事处"), unit.self_word
    pick = dice.sample(TOPICS, 8)
    reader, ways = dice.sample(READERS, 4), dice.sample(WAYS, 6)
    office = "办公室" if unit.kind == "county_department" else "党政综合办公室"
    head = {"county_department": "局长", "subdistrict": "街道办主任", "town": "镇长", "township": "乡长"}[unit.kind]
    site, phone, hall = dice.randint(40, 400), dice.randint(10, 90), dice.randint(3, 30)
    received, carried = numbers["t3.received_new.total"], numbers["t3.carried_in.total"]
    handled, out = numbers["t3.outcome_total.total"], numbers["t3.carried_out.total"]
    cases, suits = numbers["t4.reconsideration.total"], numbers["t4.suit_after.total"] + numbers["t4.suit_direct.total"]
    issued, repealed = numbers.get("t2.normative_doc.issued", 0), numbers.get("t2.normative_doc.repealed", 0)
    valid = numbers.get("t2.normative_doc.in_force", 0)
    made = f"制发行政规范性文件{issued}件" if issued else "未制发行政规范性文件"
    gone = f"废止{repealed}件" if repealed else "未废止"
    told = f"发生行政复议{cases}件" if cases else "未发生行政复议"
    sued = f"发生行政诉讼{suits}件" if suits else "未发生行政诉讼"
    return {
        "preamble": (
            "本报告依据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。",
            f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。本报告的电子版可在{COUNTY}人民政府网站下载，对报告有疑问的，请与{short}{office}联系（地址：{COUNTY}{dice.choice(PLACES)}路{dice.randint(1, 99)}号，电话：0000-{dice.randint(1000000, 9999999)}）。",
        ),
        "overview": (
            f"{year}年，{unit.name}围绕{pick[0]}、{pick[1]}两件事做好公开，{reader[0]}最关心的{pick[2]}随办随公开，{ways[0]}。",
            f"（一）主动公开。全年主动公开政府信息{site + phone}条，其中通过{COUNTY}人民政府网站公开{site}条，通过微信公众号公开{phone}条，内容以{pick[3]}和{pick[4]}为主。发布政策解读{dice.randint(2, 9)}篇，{ways[1]}，专门为{reader[1]}做了图示。",
            f"（二）依申请公开。全年新收政府信息公开申请{received}件，上年结转{carried}件；全年办结{handled}件，结转下年度继续办理{out}件。申请多与{pick[5]}有关，答复书{ways[2]}。{told}，{sued}。",
            f"（三）政府信息管理。全年{made}，{gone}，现行有效{valid}件，{ways[3]}。对{pick[6]}的旧信息清理了{dice.randint(5, 60)}条，{reader[2]}查得到现在的说法。",
            f"（四）政府信息公开平台建设。{COUNTY}人民政府网站上的栏目由{office}维护，{pick[7]}单独成栏；服务大厅设政务公开专区{dice.randint(1, 2)}处，备自助查询设备{hall}台，{ways[4]}。",
            f"（五）监督保障。{head}每季度听一次汇报，全年组织业务培训{dice.randint(1, 5)}次，{ways[5]}；公开工作纳入年度考核，请{reader[3]}做社会评议{dice.randint(1, 3)}次；未发生需要责任追究的情形。",
        ),
        "problems": (
            f"上一年度说过的{pick[1]}公开偏慢，今年改为当月上网，已经解决。{year}年的主要问题：一是{pick[3]}的附件有{dice.randint(2, 9)}份打不开，{reader[0]}来电话问过；二是{pick[6]}栏目的更新时间没有标出来，{reader[1]}分不清新旧。",
            f"改进措施：一是把{pick[3]}的附件全部换成同一种格式，{ways[0]}；二是在{pick[6]}栏目每条信息后面写上日期，{ways[3]}，由{office}负责。",
        ),
        "other_matters": (
            f"依据《政府信息公开信息处理费管理办法》，{own}{year}年度发出收费通知0件，收取信息处理费0元。",
            "无其他需要报告的事项。",
        ),
    }  # fmt: skip


def sound(unit: Unit, dice: random.Random, year: int = YEAR, edition: str = "2021") -> Filing:
    """Return a filing without a fault."""
    numbers = cells(dice, edition)
    signed = Signature(unit.name, f"{year + 1}-01-{dice.randint(4, 14):02d}")
    return Filing(edition, year, unit, numbers, narrative(unit, numbers, dice, year), signed)


def before(filing: Filing, dice: random.Random) -> Filing:
    """Return last year's filing of a unit: what it carried out is what the unit carries in now."""
    last = dict(cells(dice))
    carried = filing.cells["t3.carried_in.natural_person"]
    last["t3.granted.natural_person"] += last["t3.carried_out.natural_person"] - carried
    last["t3.carried_out.natural_person"] = carried
    now = filing.cells
    last["t2.normative_doc.in_force"] = (
        now["t2.normative_doc.in_force"] - now["t2.normative_doc.issued"] + now["t2.normative_doc.repealed"]
    )
    last["t2.normative_doc.issued"] = min(last["t2.normative_doc.issued"], last["t2.normative_doc.in_force"])
    last = summed(last)
    signed = Signature(filing.unit.name, f"{YEAR}-01-10")
    return Filing("2021", YEAR - 1, filing.unit, last, narrative(filing.unit, last, dice, YEAR - 1), signed)


def faulty(filing: Filing, fault: str) -> Filing:
    """Return a filing with one fault in it."""
    numbers, text = dict(filing.cells), {part: list(lines) for part, lines in filing.narrative.items()}
    if fault == "正文与表三不符":
        text["overview"][2] = text["overview"][2].replace(
            f"申请{numbers['t3.received_new.total']}件", f"申请{numbers['t3.received_new.total'] + 3}件"
        )
    elif fault == "总计少一位":
        numbers["t3.outcome_total.total"] = int(str(numbers["t3.outcome_total.total"])[:-1])
    elif fault == "两格串列":
        numbers["t3.granted.research"], numbers["t3.granted.natural_person"] = numbers["t3.granted.natural_person"], 0
    elif fault == "空着一格":
        numbers["t3.refused.state_secret.other"] = None
    elif fault == "格里写了单位":
        numbers["t2.licence.decisions"] = f"{numbers['t2.licence.decisions']}件"
    elif fault == "上年结转接不上":
        numbers["t3.carried_in.natural_person"] += 2
        numbers["t3.granted.natural_person"] += 2
        numbers = summed(numbers)
        text = {
            part: list(lines)
            for part, lines in narrative(filing.unit, numbers, random.Random(filing.unit.name)).items()
        }
    elif fault == "统计期限只到十一月":
        text["preamble"][1] = text["preamble"][1].replace("12月31日", "11月30日")
    elif fault == "引用旧文号":
        text["preamble"][0] = text["preamble"][0].replace("国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号")
    elif fault == "没有改进措施":
        text["problems"] = ["无。"]
    elif fault == "自称用错":
        text["overview"][0] = text["overview"][0].replace(
            "做好公开", "做好公开，我镇" if filing.unit.kind != "town" else "做好公开，我局"
        )
    return replace(filing, cells=numbers, narrative={part: tuple(lines) for part, lines in text.items()})


def copied(source: Filing, unit: Unit) -> Filing:
    """Return another unit's text under this unit's name, with its own numbers."""
    import json

    short = [name.removesuffix("人民政府").removesuffix("办事处") for name in (source.unit.name, unit.name)]
    text = json.loads(
        json.dumps(source.narrative, ensure_ascii=False).replace(*short).replace(source.unit.self_word, unit.self_word)
    )
    numbers = dict(source.cells)
    return replace(
        source,
        unit=unit,
        cells=numbers,
        narrative={k: tuple(v) for k, v in text.items()},
        signed=replace(source.signed, name=unit.name),
    )


def make_county(folder: Path, formats: tuple[str, ...] = ("xlsx", "json", "docx", "html")) -> Plants:
    """Write the county into a folder: 报送/ (with subfolders and an archive), 上年/, 名单.csv; return what was planted."""
    plants, all_units = Plants(), units()
    handed, last_year = folder / "报送", folder / "上年"
    for place in (handed, handed / "乡镇街道", handed / "县直部门", last_year):
        place.mkdir(parents=True)
    plants.roster = [unit.name for unit in all_units]
    write_roster(folder / "名单.csv", all_units)
    filings: dict[str, Filing] = {}
    for unit in all_units:
        dice = random.Random(unit.name)
        filings[unit.name] = sound(unit, dice)
        last = before(filings[unit.name], dice)
        plants.before[unit.name] = last
        (last_year / f"{unit.name}.json").write_text(last.dumps(), encoding="utf-8")
    names = plants.roster
    plants.missing = [names[7], names[31], names[55]]
    for at, (one, other) in enumerate(((12, 13), (14, 15), (16, 17), (5, 6), (8, 9))):
        source, unit = filings[names[one]], all_units[other]
        filings[unit.name] = copied(source, unit)
        plants.copies.append((source.unit.name, unit.name))
        last = plants.before[source.unit.name]
        plants.before[unit.name] = replace(last, unit=unit, narrative=plants.before[unit.name].narrative)
        (last_year / f"{unit.name}.json").write_text(plants.before[unit.name].dumps(), encoding="utf-8")
        assert at < 5
    for at, fault in enumerate(FAULTS):
        name = names[20 + at * 2]
        filings[name] = faulty(filings[name], fault)
        plants.faulty[name] = fault
    plants.old_form = [names[45], names[46]]
    for name in plants.old_form:
        filings[name] = on_old_form(filings[name])
    plants.double = [names[2], names[50]]
    plants.filings = filings
    _write(folder, plants, all_units, formats)
    return plants


def on_old_form(filing: Filing) -> Filing:
    """Return a filing on the form before the one in force."""
    numbers = dict.fromkeys(load_edition("2019").cells, 0)
    numbers |= {cell: value for cell, value in filing.cells.items() if cell in numbers}
    return replace(filing, edition="2019", cells=summed(numbers, "2019"))


def write_roster(path: Path, listed: list[Unit]) -> None:
    """Write the county's list."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("单位", "类型", "联系人", "截止"))
        for number, unit in enumerate(listed, start=1):
            rows.writerow(
                (unit.name, unit_kinds()[unit.kind].label, f"联系人{number} 0000-{1000 + number}", f"{YEAR + 1}-01-20")
            )


def _write(folder: Path, plants: Plants, all_units: list[Unit], formats: tuple[str, ...]) -> None:
    handed = folder / "报送"
    zipped: list[tuple[str, bytes]] = []
    for number, unit in enumerate(all_units):
        if unit.name in plants.missing:
            continue
        filing = plants.filings[unit.name]
        place = handed / ("县直部门" if unit.kind == "county_department" else "乡镇街道")
        wanted = (
            formats[number % len(formats)] if unit.name not in plants.faulty and filing.edition == "2021" else "xlsx"
        )
        data = written(filing, wanted)
        path = place / f"{unit.name}.{wanted}"
        if number in (57, 58):
            zipped.append((path.name, data))
            plants.files[unit.name] = handed / "补报.zip"
            continue
        path.write_bytes(data)
        stamp(path, 12)
        plants.files[unit.name] = path
        if unit.name in plants.double:
            older = filing.with_cells({"t2.licence.decisions": 7})
            old = place / f"{unit.name}（初稿）.json"
            old.write_text(older.dumps(), encoding="utf-8")
            stamp(old, 8)
    with zipfile.ZipFile(handed / "补报.zip", "w") as package:
        for name, data in zipped:
            package.writestr(zipfile.ZipInfo(name, (YEAR + 1, 1, 12, 9, 0, 0)), data)
    county, left = typed_total(plants)
    plants.left_out_of_total = left
    path = handed / f"{COUNTY}人民政府.xlsx"
    path.write_bytes(build_workbook(county))
    stamp(path, 13)


def typed_total(plants: Plants) -> tuple[Filing, str]:
    """Return the county's typed report: the sum of its units, one of them forgotten."""
    inside = [name for name in plants.roster if name not in plants.missing]
    left = next(
        name for name in inside if plants.filings[name].unit.kind == "town" and name not in sum(plants.copies, ())
    )
    edition = load_edition("2021")
    numbers: dict = dict.fromkeys(edition.cells, 0)
    for name in inside:
        if name == left:
            continue
        for cell, value in plants.filings[name].cells.items():
            if cell in numbers and isinstance(value, int):
                numbers[cell] += value
    unit = Unit(f"{COUNTY}人民政府", "county_government", "我县", COUNTY)
    base = sound(replace(unit, kind="county_department", self_word="我县"), random.Random(3))
    return replace(base, unit=unit, cells=numbers), left


def written(filing: Filing, wanted: str) -> bytes:
    """Return a filing as a file of some format."""
    if wanted == "xlsx":
        return build_workbook(filing)
    if wanted == "docx":
        return write_docx(filing, public=True)
    return (write_html(filing) if wanted == "html" else filing.dumps()).encode()


def stamp(path: Path, day: int) -> None:
    """Let a file have been handed in on a day of January."""
    import datetime as dt

    moment = dt.datetime(YEAR + 1, 1, day, 9, 0).timestamp()  # noqa: DTZ001 - as the clerk's clock says
    os.utime(path, (moment, moment))


def archive(files: dict[str, bytes]) -> bytes:
    """Return files as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()
