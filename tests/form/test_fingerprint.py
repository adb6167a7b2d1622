"""The fingerprint of a filing: equal for what says the same, different for any other number, sentence or signature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.form.filing import Filing, Signature
from gk_xl.form.fingerprint import fingerprint, parts_text, read_parts, typed_code
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def filing(request):
    return Filing.loads(request.param.read_text(encoding="utf-8"), request.param.name)


def test_each_number_and_each_sentence_counts(filing):
    """One cell one higher, one character more in one paragraph: the whole differs, and exactly the part that holds it."""
    own = fingerprint(filing)
    changed = [filing.with_cells({cell: (filing.number(cell) or 0) + 1}) for cell in filing.cells]
    for part, texts in filing.narrative.items():
        changed += [
            replace(filing, narrative={**filing.narrative, part: (*texts[:at], f"{text}又", *texts[at + 1 :])})
            for at, text in enumerate(texts)
        ]
    changed += [
        replace(filing, year=(filing.year or 0) + 1), replace(filing, signed=Signature("别的单位", filing.signed.date)),
        replace(filing, signed=Signature(filing.signed.name, "2026-01-31")),
    ]  # fmt: skip
    found = [fingerprint(other) for other in changed]
    assert len({other.whole for other in [own, *found]}) == len(found) + 1
    for other in found:
        assert sum(one != two for one, two in zip(own.parts, other.parts, strict=True)) == 1


def test_what_is_no_part_of_the_report_makes_no_difference(filing):
    """Reasons, remarks, 台账, 3 for 3.0, how lines break."""
    cells = {cell: float(value) if isinstance(value, int) else value for cell, value in filing.cells.items()}
    narrative = {part: tuple(f" {text}\n" for text in texts) for part, texts in filing.narrative.items()}
    other = replace(
        filing, cells=cells, narrative=narrative, waivers={"T2-10": "有"}, remarks=("记",), contact="张三", ledger={"q1.x": 1}
    )  # fmt: skip
    assert fingerprint(other) == fingerprint(filing)


def test_a_code_is_read_as_it_was_printed(filing):
    """Typed from paper with blanks, small letters or without dashes, it is the same code; anything else is none."""
    found = fingerprint(filing)
    for typed in (found.whole, found.whole.lower(), found.whole.replace("-", ""), found.whole.replace("-", " ")):
        assert typed_code(typed) == found.whole
    assert typed_code(found.whole[:-1]) == typed_code("年报.xlsx") == typed_code("") == ""
    assert read_parts(parts_text(found)) == {part.label: part.code for part in found.parts}
