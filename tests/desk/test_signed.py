"""gk-xl verify: reports and workbooks against the sheet that was signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing
from gk_xl.form.fingerprint import fingerprint, parts_text
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT


@pytest.fixture
def signed(tmp_path):
    """A workbook with its 报送单 written."""
    filing = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    found = fingerprint(filing)
    slip = {"head": "王五", "date": "2026-01-12", "fingerprint": found.whole, "parts": parts_text(found)}
    path = tmp_path / "签字.xlsx"
    path.write_bytes(build_workbook(replace(filing, slip=slip)))
    return path, filing, found.whole


@pytest.mark.parametrize("suffix", ["docx", "html", "json"])
def test_what_was_made_from_it_is_it(signed, suffix, tmp_path, capsys):
    """Every form of the same report, against the sheet and against the code on paper."""
    path, _, code = signed
    made = tmp_path / f"报告.{suffix}"
    command = "export" if suffix == "json" else "report"
    assert main([command, str(path), "-o", str(made)]) == 0
    assert main(["verify", str(made), "--sign", str(path)]) == 0
    assert main(["verify", str(made), "--sign", code.lower()]) == 0
    assert "王五" in capsys.readouterr().out


def test_a_change_is_named_by_its_part(signed, tmp_path, capsys):
    """A number of 表三 and a sentence of 五 were changed after signing."""
    path, filing, _ = signed
    texts = {**filing.narrative, "problems": (*filing.narrative["problems"], "又添了一句。")}
    changed = replace(filing.with_cells({"t3.granted.other": 5}), narrative=texts)
    other = tmp_path / "改过.json"
    other.write_text(changed.dumps(), encoding="utf-8")
    assert main(["verify", str(other), "--sign", str(path)]) == 1
    assert "签字后改动过：三、依申请公开、五、问题及改进。" in capsys.readouterr().out
    assert main(["verify", str(other), "--sign", fingerprint(filing).whole]) == 1
    assert main(["verify", str(other), "--sign", fingerprint(changed).whole]) == 0


def test_what_was_never_signed_cannot_be_told(signed, tmp_path, capsys):
    """One sentence, exit 2."""
    _, filing, _ = signed
    plain = tmp_path / "没签.xlsx"
    plain.write_bytes(build_workbook(filing))
    assert main(["verify", str(plain)]) == 2
    assert "没有指纹" in capsys.readouterr().err
    assert main(["verify", str(plain), "--sign", str(tmp_path / "没有.xlsx")]) == 2
