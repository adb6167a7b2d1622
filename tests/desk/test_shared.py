"""X-48: the text of a unit is another unit's of the folder; names, years and numbers do not hide it."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import docx
import pytest

from gk_xl.checks.text_rules.content import copies_in_folder
from gk_xl.checks.text_rules.content.copies_in_folder import CODE, copies, shared
from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.products import CIRCULAR as FILE
from gk_xl.form.filing import Filing
from tests.desk.county import copied, sound, units
from tests.desk.test_desk import RIGHT, WRONG, of

SENTENCES = (
    "{unit}把财政预算、惠农补贴和项目招标三类信息列为重点，每月五日前由财政所汇总后在公开栏张贴",
    "{unit}在便民大厅设了两台查询机，由一名工作人员带着来办事的老人查低保名单和养老金发放表",
    "全年共回复群众留言{count}条，其中{count}条是问路灯和垃圾清运的，都在三天之内由包村干部当面答复",
    "栏目调整以后旧链接打不开的有{count}处，已经请县里的技术人员逐条改了过来并且每周抽查一次",
    "村级公开栏由各村会计负责，镇里每季度拍照留底，发现没有更新的当场退回去补，不拖到年底",
)
OTHER = (
    "学校周边的交通组织方案征求了家长意见，收到回信四十封，采纳的写进了通告的第三条和第七条里",
    "农机购置补贴名单换成按村分页的表格，手机上不用左右拖动就能看全，老人也能自己查到本户的数",
    "对涉及个人住址和账号的表格先遮住后三位再上网，由两个人各看一遍签字之后才交给信息员去发布",
)


def made(name: str, sentences, count: int = 7, part: str = "overview") -> Filing:
    """Return a filing of a unit whose overview is these sentences."""
    text = tuple(sentence.format(unit=name.removesuffix("人民政府"), count=count) + "。" for sentence in sentences)
    unit = replace(RIGHT.unit, name=name)
    return replace(RIGHT, unit=unit, narrative={**RIGHT.narrative, "problems": (), part: text})


def told(*filings: Filing) -> dict[int, str]:
    """Return the messages by unit."""
    return {number: finding.message for number, finding in shared(filings)}


def test_both_units_are_told_of_a_copy_with_other_names_and_numbers():
    """白水乡 and 青石镇 with the same words and other figures; a third with its own words is left alone."""
    found = told(
        made("白水乡人民政府", SENTENCES), made("青石镇人民政府", SENTENCES, 23), made("大河乡人民政府", OTHER)
    )
    assert set(found) == {0, 1}
    assert "青石镇人民政府" in found[0]
    assert "100%" in found[0]
    assert "白水乡人民政府" in found[1]


def test_three_long_sentences_are_no_accident_two_may_be():
    """The rest of the text is one's own."""
    filings = [made("白水乡人民政府", (*SENTENCES[:3], *OTHER)), made("青石镇人民政府", SENTENCES)]
    assert {number: copy.sentences for number, copy in copies([sketches(filing) for filing in filings])}.keys() == {
        0,
        1,
    }
    assert "3 句" in told(*filings)[0]
    assert not told(made("白水乡人民政府", (*SENTENCES[:2], *OTHER)), made("青石镇人民政府", SENTENCES))


def test_whole_paragraphs_of_set_phrases_are_no_accident():
    """What all units of a place say is no copy; the same three paragraphs made of it are one."""
    said = (*SENTENCES, *OTHER)
    names = [f"{sign}山镇人民政府" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"]
    pairs = [(one, other) for one in range(len(said)) for other in range(len(said)) if one != other]
    random.Random(3).shuffle(pairs)
    texts = [[f"{said[a]}。{said[b]}" for a, b in pairs[at * 3 : at * 3 + 3]] for at in range(len(names))]
    own = [[made(name, text)] for name, text in zip(names, texts, strict=True)]
    assert not told(*(each for (each,) in own))
    rest = "渡口和集市的公告改由值班船工张贴，汛期每日两次，枯水期每周一次，由老支书收齐后装订成册，年底交档案室保存备查，外地商贩看得懂的图示另画一份"
    copied = made(names[1], [*texts[0], rest, rest[::-1]], 31)
    found = told(own[0][0], copied, *(each for (each,) in own[2:]))
    assert set(found) == {0, 1}
    assert "3 段、句相同" in found[0]


def test_a_copy_with_a_few_words_changed_is_one():
    """Some of the clauses are one's own, more than nine tenths of the text are not."""
    mended = [SENTENCES[0].replace("汇总后", "整理后"), *SENTENCES[1:]]
    assert set(told(made("白水乡人民政府", SENTENCES), made("青石镇人民政府", mended))) == {0, 1}


def test_both_are_told_where_anothers_clauses_are_nearer(monkeypatch):
    """One whose likeliest partner is no copy is told of the copy all the same: whoever is accused, so is the other."""
    monkeypatch.setattr(copies_in_folder, "PARTNERS", 1)
    mended = [SENTENCES[0].replace("汇总后", "整理后"), *SENTENCES[1:]]
    joined = ["，".join(SENTENCES), *(f"{sign * 9}{at}{sign * 30}" for at, sign in enumerate("甲乙丙丁戊己庚辛"))]
    filings = [made("白水乡人民政府", SENTENCES), made("青石镇人民政府", mended), made("大河乡人民政府", joined)]
    assert set(told(*filings)) == {0, 1}


def test_a_set_phrase_of_the_place_is_none():
    """Three sentences that the county asks of all are in all reports; whole texts that are the same still are."""
    names = [f"{name}乡人民政府" for name in "东西南北中上下左右前"]
    texts = [(*SENTENCES[:3], *(f"{name[0] * 12}{at}{name[0] * 20}" for at in "甲乙丙丁戊己庚辛")) for name in names]
    assert not told(*(made(name, text) for name, text in zip(names, texts, strict=True)))
    assert len(told(*(made(name, SENTENCES) for name in names))) == len(names)


def test_sentences_that_the_program_offers_belong_to_all():
    """Two units that took the suggested sentences have not copied."""
    filings = []
    for name in ("白水乡人民政府", "青石镇人民政府"):
        from gk_xl.form.sentences import suggest

        filing = made(name, ())
        text = tuple(item.text for item in suggest(filing) if item.text)
        filings.append(replace(filing, narrative={**filing.narrative, "overview": text, "problems": ()}))
    assert not told(*filings)


def test_a_folder_of_copies_costs_no_more_than_one_without():
    """Twice the units, about twice the time: no pair of all with all."""
    spent = []
    for count in (150, 600):
        filings = [made(f"甲{number}乡人民政府", SENTENCES, number) for number in range(count)]
        start = time.process_time()
        assert len(list(copies([sketches(filing) for filing in filings]))) >= count
        spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0]


@pytest.fixture
def folder(tmp_path):
    """Yield a folder with two copies and one report of its own."""
    for name, sentences in (("白水乡人民政府", SENTENCES), ("青石乡人民政府", SENTENCES), ("大河乡人民政府", OTHER)):
        filing = of(RIGHT, name)
        text = tuple(f"{sentence.format(unit=name.removesuffix('人民政府'), count=3)}。" for sentence in sentences)
        changed = {**filing.narrative, "overview": text, "problems": ()}
        (tmp_path / f"{name}.json").write_text(replace(filing, narrative=changed).dumps(), encoding="utf-8")
    return tmp_path


def test_the_desk_tells_it_with_the_other_findings(folder):
    """In its place, with a key for a reason; a reason answers it."""
    found = {item.path.stem: item for item in handed_in([folder], means=Means(workers=1)).collection.entries}
    codes = {name: [f.code for f in item.result.findings] for name, item in found.items()}
    assert CODE in codes["白水乡人民政府"]
    assert CODE in codes["青石乡人民政府"]
    item = found["白水乡人民政府"]
    (finding,) = (f for f in item.result.findings if f.code == CODE and f.place == "narrative.overview")
    assert "青石乡人民政府" in finding.message
    assert finding.where.sheet.startswith("一")
    assert finding.key.startswith(CODE)
    path = folder / "白水乡人民政府.json"
    filing = Filing.loads(path.read_text(encoding="utf-8"))
    path.write_text(replace(filing, waivers={finding.key: "县里统一要求"}).dumps(), encoding="utf-8")
    again = {item.path.stem: item for item in handed_in([folder], means=Means(workers=1)).collection.entries}
    assert all(f.waived for f in again["白水乡人民政府"].result.findings if f.key == finding.key)


def test_a_folder_of_own_words_says_nothing(folder):
    """Nothing of the kind is raised where every text is its own."""
    (folder / "青石乡人民政府.json").unlink()
    for item in handed_in([folder], means=Means(workers=1)).collection.entries:
        assert not [f for f in item.result.findings if f.code == CODE and f.place == "narrative.overview"]


def test_a_copied_text_is_told_and_counted_once(tmp_path):
    """What only two files together tell stands in the rows of both, with its place, and in their counts."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    pd = pytest.importorskip("pandas")
    one, other = units()[12:14]
    source = sound(one, random.Random(one.name))
    for filing in (source, copied(source, other)):
        (tmp_path / f"{filing.unit.name}.json").write_text(filing.dumps(), encoding="utf-8")
    main(["desk", "tables", str(tmp_path), "-o", str(tmp_path / "表"), "--workers", "1"])
    listed, findings = (pd.read_parquet(tmp_path / "表" / f"{name}.parquet") for name in ("units", "findings"))
    alike = findings[findings["code"] == "X-48"]
    assert set(alike["unit"]) == {one.name, other.name}
    assert alike["address"].notna().all()
    warned = findings[(findings["severity"] == "warning") & ~findings["waived"]].groupby("unit").size()
    assert listed.set_index("unit")["warnings"].to_dict() == warned.to_dict()


def test_a_second_run_reads_nothing_again_and_writes_the_same(tmp_path, monkeypatch):
    """What is kept of an unchanged file is all that the tables need: rows, counts, and the sketch that tells a copy."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    pd = pytest.importorskip("pandas")
    box = tmp_path / "报送"
    box.mkdir()
    monkeypatch.setenv("GK_XL_STORE", str(tmp_path / "desk.sqlite"))
    texts = {
        "overview": tuple(
            f"{at}、{'甲乙丙丁戊己庚辛'[at]}类信息由{at}科逐条核对以后上网，每月末回看一次，没有漏项。"
            for at in range(8)
        )
    }
    for name, filing in (("甲乡", RIGHT), ("乙乡", WRONG), ("丙乡", RIGHT)):
        one = of(filing, name)
        (box / f"{name}.json").write_text(replace(one, narrative={**one.narrative, **texts}).dumps(), encoding="utf-8")
    (box / "坏.xlsx").write_bytes(b"PK half")

    def frames(where):
        assert main(["desk", "tables", str(box), "-o", str(tmp_path / where), "--workers", "1"]) == 2
        return [pd.read_parquet(tmp_path / where / f"{name}.parquet") for name in ("units", "cells", "findings")]

    first = frames("一")
    assert "X-48" in set(first[2]["code"])
    monkeypatch.setattr("gk_xl.desk.running.examine", lambda *_: 1 / 0)
    monkeypatch.setattr("gk_xl.checks.text_rules.content.sketches.fold", lambda _: 1 / 0)
    for one, again in zip(first, frames("二"), strict=True):
        pd.testing.assert_frame_equal(one, again)


def test_a_circular_names_groups_of_copies_not_pairs(tmp_path):
    """Three copies of one text are one group, not three pairs; the larger group comes first."""
    one, two, three, four, five, alone = units()[10:16]
    first, second, own = (sound(unit, random.Random(unit.name)) for unit in (one, four, alone))
    filings = [first, copied(first, two), copied(first, three), second, copied(second, five), own]
    for filing in filings:
        (tmp_path / f"{filing.unit.name}.json").write_text(filing.dumps(), encoding="utf-8")
    main(["desk", "slips", str(tmp_path), "-o", str(tmp_path / "单"), "--workers", "1"])
    told = [paragraph.text for paragraph in docx.Document(tmp_path / "单" / FILE).paragraphs]
    (line,) = [text for text in told if text.startswith("报告文字雷同、")]
    groups = [set(group.partition("（")[0].split("、")) for group in line.partition("：")[2].split("；")]
    assert groups == [{one.name, two.name, three.name}, {four.name, five.name}]


def test_pieces_held_against_each_other_in_several_rounds_tell_the_same(monkeypatch):
    filings = [sound(unit, random.Random(unit.name)) for unit in units()[:12]]
    filings[7] = copied(filings[2], units()[7])
    known = [sketches(filing) for filing in filings]
    told = list(copies(known))
    assert {number for number, _ in told} >= {2, 7}
    monkeypatch.setattr("gk_xl.checks.text_rules.content.copies_in_folder.MOST", 5)
    assert list(copies(known)) == told
