"""Right reports, built around the sentences of right_sentences.toml; shared by the tests and the bench."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.load import edition_for
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gk_xl.form.finding import Finding

HERE = Path(__file__).parent
OWN_FILES = tuple(f"checks/rules/narrative{name}.toml" for name in ("", "_content", "_proofreading"))
PRESENCE = "checks/rules/narrative_presence.toml"
"""Rules on what is not said: a right sentence cannot bring what its report leaves out."""
COVERED = {
    "主动公开": "持续做好主动公开，及时更新目录，方便群众查阅。",
    "依申请公开": "规范受理、审核、答复、归档各个环节。",
    "政府信息管理": "严格执行保密审查和发布审核制度。",
    "政府信息公开平台建设": "维护好网站专栏，定期检查栏目更新情况。",
    "监督保障": "明确专人负责，定期开展培训和自查，未发生责任追究情形。",
}


@dataclass(frozen=True)
class Scene:
    """A filing that is right, and sentences that are right for it."""

    name: str
    filing: Filing
    sentences: tuple[str, ...]


def kind_word(kind: str) -> str:
    """Return how a unit of a kind calls itself."""
    return unit_kinds()[kind].self_word


def report(year: int, kind: str, unit: str, county: str, cells: dict[str, Any]) -> Filing:
    """Return a filing with the given cells (the others 0) and a narrative that no rule objects to."""
    edition = edition_for(year)
    parts = edition.section("overview").parts
    overview = [f"{year}年，本单位按照上级部署推进政府信息公开，工作平稳有序。"]
    for number, name in zip("一二三四五", parts, strict=True):
        overview.append(f"（{number}）{name}。{COVERED[name]}")
    notice = edition.notice.number
    narrative = {
        "preamble": (
            (
                f"根据《中华人民共和国政府信息公开条例》和{notice}的要求编制本报告。"
                f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
            ),
        ),
        "overview": tuple(overview),
        "problems": (
            "存在的主要问题：一是政策解读的形式比较单一；二是业务培训还不够。",
            "下一步，一是丰富解读形式，多用图解和视频；二是每季度组织一次业务培训。",
        ),
        "other_matters": ("依据《政府信息公开信息处理费管理办法》，本年度没有收取信息处理费。",),
    }
    name = unit
    return Filing(
        edition.id,
        year,
        Unit(name, kind, kind_word(kind), county),
        {**dict.fromkeys(edition.cells, 0), **cells},
        narrative,
        Signature(name, f"{year + 1}-01-15"),
    )


def scenes() -> tuple[Scene, ...]:
    """Return the scenes of right_sentences.toml."""
    raw = tomllib.loads((HERE / "right_sentences.toml").read_text(encoding="utf-8"))["scene"]
    return tuple(
        Scene(
            item["name"],
            report(item["year"], item["kind"], item["unit"], item["county"], item.get("cells", {})),
            tuple(line for line in item["sentences"].splitlines() if line.strip()),
        )
        for item in raw
    )


HOMES = {
    "依申请公开": "申请|答复|办结|结转|公开[0-9０-９]件",
    "监督保障": "复议|诉讼|培训|检查|考核",
    "政府信息管理": "规范性文件|印发|公文|许可|处罚|收费",
    "政府信息公开平台建设": "网站|公众号|热线|电话",
}


def with_sentence(filing: Filing, sentence: str, part: str = "overview", home: str = "") -> Filing:
    """Return the filing with one more sentence: behind the paragraph of 一 that deals with its matter."""
    paragraphs = list(filing.paragraphs(part))
    if part != "overview":
        return replace(filing, narrative={**filing.narrative, part: (*paragraphs, sentence)})
    home = home or next((name for name, words in HOMES.items() if re.search(words, sentence)), "主动公开")
    at = next(index for index, text in enumerate(paragraphs) if text[3:].startswith(home))
    paragraphs[at] += sentence
    return replace(filing, narrative={**filing.narrative, part: tuple(paragraphs)})


def own_findings(filing: Filing, last: Filing | None = None) -> list[Finding]:
    """Return what the rules on narrative say of a filing; what could not be judged left out."""
    known = catalogue()
    return [
        finding
        for finding in check(filing, last).findings
        if known[finding.code].file in OWN_FILES and finding.severity is not Severity.NOT_ASSESSABLE
    ]


def right_sentences() -> Iterator[tuple[Scene, str]]:
    """Yield every right sentence with its scene."""
    for scene in scenes():
        for sentence in scene.sentences:
            yield scene, sentence


@dataclass(frozen=True)
class Planted:
    """A report with one fault planted: the kind, the rule that must find it, the wording."""

    kind: str
    code: str
    wording: str
    filing: Filing


def planted_faults() -> Iterator[Planted]:
    """Yield every fault of faults.toml, planted into the report of its scene."""
    known = scenes()
    for item in tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))["kind"]:
        scene = next(scene for scene in known if scene.name.startswith(item["scene"]))
        base = replace(scene.filing, cells={**scene.filing.cells, **item.get("cells", {})})
        if "drop" in item:
            base = replace(base, narrative={**base.narrative, item["drop"]: ()})
        for part in item.get("drop_parts", ()):
            kept = tuple(text for text in base.paragraphs("overview") if not text[3:].startswith(part))
            yield Planted(
                item["name"], item["code"], part, replace(base, narrative={**base.narrative, "overview": kept})
            )
        for date in item.get("signed", ()):
            yield Planted(item["name"], item["code"], date, replace(base, signed=Signature(base.signed.name, date)))
        for wording in item.get("sentences", "").splitlines():
            if not wording.strip():
                continue
            filing = base
            for paragraph in wording.split("|"):
                filing = with_sentence(filing, paragraph, item.get("part", "overview"))
            yield Planted(item["name"], item["code"], wording, filing)


@dataclass(frozen=True)
class RuleCase:
    """One case of cases.toml: the filing made from it and what the rule must say."""

    rule: str
    verdict: str
    filing: Filing
    last: Filing | None
    data: dict[str, Any]


def cases() -> Iterator[RuleCase]:
    """Yield the cases of cases.toml and its neighbours."""
    known = scenes()

    def scene(name: str) -> Filing:
        return next(item.filing for item in known if item.name.startswith(name))

    for path in sorted(HERE.glob("cases*.toml")):
        yield from _cases_of(path, scene)


def _cases_of(path: Path, scene: Callable[[str], Filing]) -> Iterator[RuleCase]:
    """Yield the cases of one file."""
    for data in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        filing = _changed(scene(data["scene"]), data)
        last = None
        if "last" in data:
            last = filing if data["last"] == "same" else scene(data["last"])
        yield RuleCase(data["rule"], data["verdict"], filing, last, data)


def _changed(filing: Filing, data: dict[str, Any]) -> Filing:
    """Return the filing of a case."""
    part = data.get("part", "overview")
    cells = {cell: None if value == "blank" else value for cell, value in data.get("cells", {}).items()}
    narrative = {**filing.narrative, **dict.fromkeys(data.get("drop", ()), ())}
    narrative[part] = (*data.get("lines", ()), *narrative[part])
    filing = replace(filing, cells={**filing.cells, **cells}, narrative=narrative)
    for sentence in data.get("add", ()):
        filing = with_sentence(filing, sentence, part)
    if "repeat" in data:
        filing = with_sentence(filing, data["repeat"][0] * data["repeat"][1])
    settings = data.get("set", {})
    unit, signed = filing.unit, filing.signed
    if "year" in settings:
        filing = replace(filing, year=settings["year"] or None)
    unit = replace(
        unit,
        name=settings.get("unit_name", unit.name),
        kind=settings.get("kind", unit.kind),
        county=settings.get("county", unit.county),
    )
    signed = Signature(settings.get("signed_name", signed.name), settings.get("signed", signed.date))
    return replace(filing, unit=unit, signed=signed, deadline=settings.get("deadline", ""))


def right_reports() -> Iterator[Scene]:
    """Yield the whole reports of right_reports.toml, as scenes without further sentences."""
    for item in tomllib.loads((HERE / "right_reports.toml").read_text(encoding="utf-8"))["report"]:
        base = report(item["year"], item["kind"], item["unit"], item["county"], item.get("cells", {}))
        parts = ("preamble", "overview", "problems", "other_matters")
        narrative = {part: tuple(item.get(part, ())) for part in parts}
        signed = Signature(item["unit"], item["signed"])
        yield Scene(item["name"], replace(base, narrative=narrative, signed=signed), ())
