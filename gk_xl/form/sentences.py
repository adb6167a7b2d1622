"""Suggested sentences: what the tables say, in statutory wording, for the clerk to take over paragraph by paragraph.

Each is written with fields, so that it follows the tables after it was taken over. Where cells are blank or do not add
up, or where the tables do not hold the answer, there is a reason instead of a sentence: nothing is made up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form import parts
from gk_xl.form.fields import expand, field_of, fields, pieces
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.parts import Part

_NOTHING_ELSE = "无其他需要报告的事项。"
_FEE_RULE = "《政府信息公开信息处理费管理办法》"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence for one part of the narrative, ``under`` a heading of that part ("": it has none).

    ``template`` bears fields, ``text`` the numbers in their place. Both are empty where there is a ``reason`` why no
    sentence can be written.
    """

    topic: str
    part: str
    under: str = ""
    template: str = ""
    text: str = ""
    reason: str = ""

    def taken(self, filing: Filing) -> bool:
        """Return whether the narrative has the sentence already, with fields or with numbers."""
        own, template = "".join(self.text.split()), "".join(self.template.split())
        told = ("".join(text.split()) for text in filing.paragraphs(self.part))
        return bool(own) and any(template in text or own in text for text in told)

    def rival(self, filing: Filing) -> int | None:
        """Return the paragraph (from 0) that names fields of this sentence: an earlier version of it; None without."""
        own = _named(self.template)
        told = enumerate(filing.paragraphs(self.part))
        return next((number for number, text in told if own & _named(text)), None)


class Topic(NamedTuple):
    """What a sentence is about, where it belongs, and who writes its template ("": nothing to say)."""

    name: str
    part: str
    under: str
    write: Callable[[_Numbers], str]


class _Missing(Exception):
    """A sentence cannot be written; the text is the reason."""


def suggest(filing: Filing) -> tuple[Suggestion, ...]:
    """Return the sentences that the tables allow, in the order of the report."""
    found = []
    for one in templates(filing):
        if one.template:
            (text,) = expand(replace(filing, narrative={one.part: (one.template,)})).paragraphs(one.part)
            found.append(replace(one, text=text))
        else:
            found.append(one)
    return tuple(found)


def templates(filing: Filing) -> Iterator[Suggestion]:
    """Yield what :func:`suggest` returns, with fields in place of numbers: no text yet."""
    for topic, part, under, write in TOPICS:
        try:
            template = write(_Numbers(filing))
        except _Missing as missing:
            yield Suggestion(topic, part, under, reason=str(missing))
            continue
        if template:
            yield Suggestion(topic, part, under, template)


def _named(text: str) -> set[str]:
    """Return the names of the fields in a text."""
    return {name for _, name in pieces(text) if name}


class _Numbers:
    """The numbers of a filing by the names of fields."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.fields = fields(filing.edition)

    def __getitem__(self, name: str) -> float:
        """Return a field's number; _Missing names the blank cells, or says that the form has no such number."""
        field = self.fields.get(name)
        if field is None:
            raise _Missing(f"这一版表格里没有“{name}”，这一句请自己写。")
        number = field.number(self.filing)
        if number is None:
            self.cell(next(cell for cell in field.cells if self.filing.number(cell) is None))
            raise _Missing(f"“{name}”还算不出来，填好后再生成。")
        return number

    def cell(self, cell: str) -> float:
        """Return a cell's number; _Missing says that it is blank, or that it holds no number. Blank is unknown."""
        value = self.filing.value(cell)
        if value is None:
            raise _Missing(f"{self.filing.form.describe(cell)}还没有填数，填好后再生成。")
        if isinstance(value, str):
            raise _Missing(f"{self.filing.form.describe(cell)}填的不是数，改成数后再生成。")
        return value

    def same(self, left: Sequence[str], right: Sequence[str], what: str) -> None:
        """Raise _Missing unless both sums of fields are equal."""
        one, two = sum(self[name] for name in left), sum(self[name] for name in right)
        if one != two:
            raise _Missing(f"{what}不平（{one:g} 与 {two:g}），请先校验、改正表格，再生成文字。")

    def named(self, found: Iterable[Part]) -> list[tuple[str, str]]:
        """Return the parts of a total, each with the name of its field and its label."""
        return [(field_of(self.filing.edition, frozenset(part.cells)), part.label) for part in found]

    @property
    def unit(self) -> str:
        """How the unit calls itself."""
        kind = unit_kinds().get(self.filing.unit.kind)
        return self.filing.unit.self_word or (kind.self_word if kind else "本机关")


def _listed(numbers: _Numbers, names: Sequence[tuple[str, str]]) -> str:
    """Return the fields that are not zero as a list: 予以公开{予以公开}件、部分公开{部分公开}件."""
    return "、".join(f"{label}{{{name}}}件" for name, label in names if numbers[name])


def _applications(numbers: _Numbers) -> str:
    numbers.same(
        ("新收申请", "上年结转申请"), ("办结申请", "结转下年申请"), "表三“本年新收”加“上年结转”与“总计”加“结转下年度”"
    )
    outcomes = numbers.named(parts.outcomes(numbers.filing.form))
    numbers.same([name for name, _ in outcomes], ("办结申请",), "表三各项办理结果与“总计”")
    numbers.same(("自然人申请", "组织申请"), ("新收申请",), "表三“本年新收”各类申请人与“总计”")
    if not (numbers["新收申请"] or numbers["上年结转申请"]):
        return f"本年度，{numbers.unit}未收到政府信息公开申请，无上年结转的申请。"
    if numbers["新收申请"]:
        applicants = _listed(numbers, (("自然人申请", "自然人申请"), ("组织申请", "法人或其他组织申请")))
        received = f"新收政府信息公开申请{{新收申请}}件，其中{applicants}；"
    else:
        received = "未新收政府信息公开申请；"
    carried = "上年结转{上年结转申请}件。" if numbers["上年结转申请"] else "无上年结转的申请。"
    if numbers["办结申请"]:
        handled = f"全年办结{{办结申请}}件，其中{_listed(numbers, outcomes)}；"
    else:
        handled = "全年未办结申请；"
    left = "结转下年度继续办理{结转下年申请}件。" if numbers["结转下年申请"] else "无结转下年度继续办理的申请。"
    return f"本年度，{numbers.unit}{received}{carried}{handled}{left}"


def _documents(numbers: _Numbers) -> str:
    edition = numbers.filing.form
    name = edition.table("t2").row_labels["normative_doc"][-1]
    if "废止规范性文件" in numbers.fields:
        made, repealed, valid = (numbers[f"{word}规范性文件"] for word in ("制发", "废止", "现行有效"))
        if not (made or repealed or valid):
            return f"本年度，{numbers.unit}未制发、废止{name}，无现行有效的{name}。"
        parts = [
            f"制发{name}{{制发规范性文件}}件" if made else f"未制发{name}",
            "废止{废止规范性文件}件" if repealed else "未废止",
            "现行有效{现行有效规范性文件}件",
        ]
        return f"本年度，{numbers.unit}{'，'.join(parts)}。"
    if not (numbers["制发规范性文件"] or numbers["对外公开规范性文件"]):
        return f"本年度，{numbers.unit}未制作{name}。"
    parts = [
        f"新制作{name}{{制发规范性文件}}件" if numbers["制发规范性文件"] else f"未新制作{name}",
        "新公开{新公开规范性文件}件",
        "对外公开总数{对外公开规范性文件}件",
    ]
    return f"本年度，{numbers.unit}{'，'.join(parts)}。"


def _cases(numbers: _Numbers) -> str:
    form = numbers.filing.form
    results = numbers.named(parts.reviewed(form))
    numbers.same([name for name, _ in results], ("行政复议",), "表四行政复议各项结果与“总计”")
    ended = [name for name, _ in numbers.named(parts.sued(form))]
    numbers.same(ended, ("行政诉讼",), "表四行政诉讼各项结果与“总计”")
    reconsidered, sued = numbers["行政复议"], numbers["行政诉讼"]
    if not reconsidered and not sued:
        return "本年度，未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"
    first = "未被申请行政复议"
    if reconsidered:
        first = f"被申请行政复议{{行政复议}}件，其中{_listed(numbers, results)}"
    second = "未被提起行政诉讼"
    if sued:
        second = f"被提起行政诉讼{{行政诉讼}}件，其中{_listed(numbers, numbers.named(parts.suits(form)))}"
    return f"本年度，{numbers.unit}因政府信息公开工作{first}；{second}。"


def _fee(numbers: _Numbers) -> str:
    """Write that no fee was taken, where the tables prove it; the form has no cell for the fee itself."""
    filing = numbers.filing
    unpaid = "t3.otherwise.fee_unpaid.total"
    if unpaid not in filing.form.cells:
        return ""
    if numbers.cell(unpaid) != 0:
        raise _Missing(f"{filing.form.describe(unpaid)}不是 0，发出过收费通知；请按台账写明收费通知件数和实收金额。")
    if numbers["行政事业性收费金额"]:
        raise _Missing("表二“行政事业性收费”不是 0，表里看不出其中有没有信息处理费；请按台账写明件数和金额。")
    return f"依据{_FEE_RULE}，本年度发出收费通知0件，收取信息处理费0元。"


def _nothing_else(numbers: _Numbers) -> str:
    others = [text for text in numbers.filing.paragraphs("other_matters") if "处理费" not in text]
    return "" if any(text != _NOTHING_ELSE for text in others) else _NOTHING_ELSE


TOPICS = (
    Topic("规范性文件", "overview", "政府信息管理", _documents),
    Topic("依申请公开", "overview", "依申请公开", _applications),
    Topic("复议诉讼", "overview", "依申请公开", _cases),
    Topic("信息处理费", "other_matters", "", _fee),
    Topic("其他事项", "other_matters", "", _nothing_else),
)
"""What there are sentences about, in the order of the report."""
