"""The desk at the size of a province: ``python tests/bench/bench_desk.py [files …]`` (300 1000 3000 by default).

Folders of workbooks made by us: each unit with a name and a narrative of real length of its own, one in twenty with
faults. For each size: a first run with everything on (two processes, integrity, all rules, 雷同, Parquet tables), a second one with
1 % of the files changed, a third with none, 汇总.xlsx with another 1 % changed, and once more with none; wall seconds, processor seconds, peak megabytes
of the largest process. Then ratios of reading one workbook, measured in turn; ``--cluster`` adds two workers of dask against two processes; ``--copies`` 雷同 alone.
"""

from __future__ import annotations

import io
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook

ROOT = Path(__file__).resolve().parents[2]
NAME = "示例乡"
MARK = "甲子乙丑丙寅丁卯之文第{}段。"
PARAGRAPHS = 12
TYPED = re.compile(r'<c r="[A-Z]+\d+" s="\d+"><v>')
TABLES = re.compile(r"worksheets/sheet[1345]\.xml$")
"""封面, 二, 三, 四."""
HEIGHT = re.compile(r'(?<= ht=")(\d+)(\.\d)?\d*')
SUBJECTS = [
    "党政办",
    "便民服务中心",
    "农业农村办",
    "社会事务办",
    "村镇建设办",
    "综治办",
    "财政所",
    "林业站",
    "水利站",
    "文化站",
    "司法所",
    "退役军人服务站",
]
VERBS = ["梳理了", "更新了", "张贴了", "核对了", "补充了", "汇总了", "上报了", "校对了", "重排了", "归档了"]
THINGS = [
    "低保名单",
    "惠农补贴",
    "项目招标",
    "财政预算",
    "防汛值班表",
    "办事流程",
    "疫苗接种点",
    "农机购置补贴",
    "危房改造名册",
    "公益岗位",
    "道路养护安排",
    "饮水工程进度",
    "义务教育招生范围",
    "耕地地力保护补贴",
    "乡村医生名录",
    "残疾人补贴",
    "临时救助名册",
    "集体资产台账",
    "征地公告",
    "规划草案",
]
WAYS = [
    "并在公开栏拍照留底",
    "经两人核对后上网",
    "逐村送到会计手里",
    "由专人每周抽查一次",
    "按村分页方便查找",
    "同时寄送外出务工人员",
    "遮住账号后再公布",
]


def sentence(dice):
    """Return a sentence that no other unit has."""
    things = "、".join(dice.sample(THINGS, 3))
    return (
        f"{dice.choice(SUBJECTS)}{dice.choice(VERBS)}{things}，{dice.choice(WAYS)}，{dice.choice(SUBJECTS)}负责跟进。"
    )


@lru_cache(maxsize=1)
def bases():
    """Return a right and a faulty workbook whose paragraphs are marks."""
    found = []
    for name in ("2025_示例乡.json", "2025_示例乡_有误.json"):
        filing = Filing.loads((ROOT / "examples" / name).read_text(encoding="utf-8"))
        text = {**filing.narrative}
        marks = [MARK.format(number) for number in range(PARAGRAPHS)]
        text["overview"], text["problems"] = (*text["overview"], *marks[:-3]), (*text["problems"][:2], *marks[-3:])
        found.append(build_workbook(replace(filing, narrative=text)))
    return found


def own(row, dice):
    """Return a row with a height that no other unit's has, to the millionth of a point."""
    return HEIGHT.sub(lambda found: f"{found[1]}{found[2] or '.0'}{dice.randrange(10**6):06}", row, count=1)


def write(path, base, dice, name):
    """Write a unit's workbook."""
    with zipfile.ZipFile(io.BytesIO(base)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for info in source.infolist():
            data = source.read(info)
            if b"<" in data[:100]:
                text = data.decode().replace(NAME, name).replace(f"如“{name}人", f"如“{NAME}人")
                for number in range(PARAGRAPHS):
                    if (mark := MARK.format(number)) in text:
                        text = text.replace(mark, "".join(sentence(dice) for _ in range(3)))
                if TABLES.search(info.filename):  # a row with typed numbers is one unit's own: no other has its bytes
                    text = "<row ".join(own(row, dice) if TYPED.search(row) else row for row in text.split("<row "))
                data = text.encode()
            made.writestr(info.filename, data)


def unit(number):
    """Return a township's name by its number."""
    signs = "白青红黄黑山水石河田岭沟坪湾桥塘林泉溪坡"
    return f"{signs[number // 400 % 20]}{signs[number // 20 % 20]}{signs[number % 20]}{'东西南北'[number // 8000]}乡"


def fill(folder, first, last, dice):
    """Write the workbooks of some units."""
    right, wrong = bases()
    for number in range(first, last):
        write(folder / f"{number:05}.xlsx", wrong if number % 20 == 7 else right, dice, unit(number))


def run(*arguments, store):
    """Run a command of the desk: wall seconds, processor seconds, peak MB of its largest process."""
    code = (
        "import resource, sys\nfrom gk_xl.cli.start import main\nmain(sys.argv[1:])\n"
        "a, b = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(a.ru_utime + a.ru_stime + b.ru_utime + b.ru_stime, a.ru_maxrss / 1024, b.ru_maxrss / 1024)"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, "desk", *map(str, arguments)],
        capture_output=True, text=True, check=True, env={**__import__("os").environ, "GK_XL_STORE": str(store)},
    )  # fmt: skip
    wall = time.perf_counter() - began
    processor, own, others = map(float, done.stdout.splitlines()[-1].split())
    return wall, processor, own, others


def sizes(counts, place):
    """Measure a first and a second run for each size."""
    folder, dice, made = place / "报送", random.Random(7), 0
    folder.mkdir()
    print("files    first: wall s  processor s  ms/file  MB first process, others    second (1 % changed): wall s, "
          "processor s, MB    third (none changed): processor s    summary (1 % changed): wall s, processor s, MB    (none changed): processor s")  # fmt: skip
    for count in counts:
        fill(folder, made, count, dice)
        made = count
        store = place / f"{count}.sqlite"
        wall, processor, own, others = run("tables", folder, "-o", place / "表", "--workers", "2", store=store)
        for number in range(0, count, 100):
            write(folder / f"{number:05}.xlsx", bases()[0], dice, unit(number))
        again, spent, second, _ = run("tables", folder, "-o", place / "表", "--workers", "2", store=store)
        _, same, _, _ = run("tables", folder, "-o", place / "表", "--workers", "2", store=store)
        for number in range(50, count, 100):
            write(folder / f"{number:05}.xlsx", bases()[0], dice, unit(number))
        whole, book, held, _ = run("check", folder, "-o", place / "汇总.xlsx", "--force", "--workers", "2", store=store)
        _, still, _, _ = run("check", folder, "-o", place / "汇总.xlsx", "--force", "--workers", "2", store=store)
        print(
            f"{count:6} {wall:12.1f} {processor:12.1f} {1000 * processor / count:10.1f} {own:10.0f} {others:8.0f}"
            f" {again:28.1f} {spent:8.1f} {second:6.0f} {same:10.1f} {whole:30.1f} {book:8.1f} {held:6.0f} {still:30.1f}",
            flush=True,
        )
    return folder


def reading(paths):
    """Print what reading with integrity takes against unzip + lxml of all parts, and against openpyxl's load.

    Each workbook is another unit's and read once each way, in turn; the first few only warm what a process keeps.
    """
    import openpyxl
    from lxml import etree

    from gk_xl.workbook.read import read_workbook

    def parts(path):
        with zipfile.ZipFile(path) as package:
            for info in package.infolist():
                data = package.read(info)
                if info.filename.endswith((".xml", ".rels")):
                    etree.fromstring(data)

    works = {"read with integrity": read_workbook, "unzip + lxml": parts, "openpyxl load": openpyxl.load_workbook}
    times = {name: [] for name in works}
    for path in paths:
        for name, work in works.items():
            began = time.process_time()
            work(path)
            times[name].append(1000 * (time.process_time() - began))
    ours, parse, load = (statistics.median(found[3:]) for found in times.values())
    print(f"reading one workbook, ms: ours {ours:.1f}, unzip + lxml {parse:.1f}, openpyxl {load:.1f}: "
          f"{ours / parse:.2f} x the parse, {load / ours:.1f} x faster than openpyxl")  # fmt: skip


def clusters(folder, place):
    """Print two workers of dask against two processes on 300 files of a folder."""
    from distributed import LocalCluster

    whole, folder = folder, place / "一部分"
    folder.mkdir()
    for path in sorted(whole.iterdir())[:300]:
        shutil.copy(path, folder)
    wall, *_ = run("tables", folder, "-o", place / "表", "--workers", "2", "--afresh", store=place / "x")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        address = made.scheduler_address
        run("tables", folder, "-o", place / "表", "--scheduler", address, "--afresh", store=place / "x")  # workers warm
        other, *_ = run("tables", folder, "-o", place / "表", "--scheduler", address, "--afresh", store=place / "x")
    print(f"{len(list(folder.iterdir()))} files: two processes {wall:.1f} s, two workers of dask {other:.1f} s")


def copies(count=2000):
    """Print what 雷同 takes over many units."""
    from gk_xl.checks.text_rules.content.copies_in_folder import shared
    from gk_xl.checks.text_rules.content.sketches import sketches

    dice = random.Random(3)
    model = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    filings = [
        replace(
            model,
            unit=replace(model.unit, name=f"{unit(number)}人民政府"),
            narrative={**model.narrative, "overview": tuple(
                "".join(sentence(dice) for _ in range(3)) for _ in range(PARAGRAPHS)
            ), "problems": ()},
        )
        for number in range(count)
    ]  # fmt: skip
    filings[5] = replace(filings[5], narrative=filings[9].narrative)
    began = time.process_time()
    known = [sketches(filing) for filing in filings]
    made = time.process_time() - began
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    told = {number for number, _ in shared(filings, known)}
    spent = time.process_time() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"雷同 over {count} units: {spent:.1f} s, {more:.0f} MB more (and {made:.1f} s for the sketches, which are kept); the planted pair told: {told == {5, 9}}"
    )


def main():
    """Measure and print."""
    if "--copies" in sys.argv:
        copies()
        return
    counts = [int(text) for text in sys.argv[1:] if text.isdigit()] or [300, 1000, 3000]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = sizes(counts, place)
        reading([folder / f"{number:05}.xlsx" for number in range(1, 40, 2)])
        if "--cluster" in sys.argv:
            clusters(folder, place)


if __name__ == "__main__":
    main()
