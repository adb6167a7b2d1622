"""The LibreOffice extension: what is in it, that it stands on the standard library, and how it reaches our interpreter."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gk_xl.addin import buttons, worker
from gk_xl.addin.libreoffice import VARIABLE, interpreter
from gk_xl.addin.version import VERSION
from gk_xl.checks.run import check
from gk_xl.errors import HostError
from gk_xl.form.filing import Filing
from gk_xl.packaging.icons import SIZES
from gk_xl.packaging.oxt import KINDS_OF_WORK, build_oxt
from gk_xl.report.docx import write_docx

ROOT = Path(__file__).parents[2]
OOR = "{http://openoffice.org/2001/registry}"


@pytest.fixture(scope="module")
def package():
    with zipfile.ZipFile(io.BytesIO(build_oxt("/usr/bin/python3"))) as opened:
        yield opened


def example(name: str) -> Filing:
    return Filing.loads((ROOT / "examples" / name).read_text(encoding="utf-8"))


def test_the_same_sources_give_the_same_bytes():
    """Two builds are equal byte for byte; another interpreter changes the one file that names it."""
    assert build_oxt("/usr/bin/python3") == build_oxt("/usr/bin/python3")
    files = []
    for path in ("/usr/bin/python3", "/opt/python"):
        with zipfile.ZipFile(io.BytesIO(build_oxt(path))) as opened:
            files.append({name: opened.read(name) for name in opened.namelist()})
    different = {name for name in files[0].keys() | files[1].keys() if files[0].get(name) != files[1].get(name)}
    assert different == {"pythonpath/gk_xl/addin/interpreter.txt"}


def test_menu_and_toolbar_hold_every_button_once_in_order(package):
    """Each node of menu and toolbar has the label of its button and leads to a function of that name."""
    root = ET.fromstring(package.read("Addons.xcu"))
    for place in ("Submenu", "cn.gk_xl.toolbar"):
        (found,) = (node for node in root.iter("node") if node.get(f"{OOR}name") == place)
        items = [
            {prop.get(f"{OOR}name"): prop.findtext("value") for prop in node.findall("prop")}
            for node in found.findall("node")
        ]
        lines = [number for number, item in enumerate(items) if item["URL"] == "private:separator"]
        assert len(lines) == (len(KINDS_OF_WORK) if place != "Submenu" else 0)
        items = [item for number, item in enumerate(items) if number not in lines]
        assert [item["Title"] for item in items] == list(buttons.LABELS.values())
        for item, name in zip(items, buttons.LABELS, strict=True):
            service, _, button = item["URL"].partition("?")
            assert service == "service:cn.gk_xl.Buttons"
            assert button == name
            assert callable(getattr(buttons, button))
    assert b'"cn.gk_xl.Buttons"' in package.read("gk_xl_buttons.py")
    assert VERSION in package.read("description.xml").decode()


def test_every_button_has_its_pictures(package):
    """Small and large, each a picture of that size, no two buttons with the same one."""
    root = ET.fromstring(package.read("Addons.xcu"))
    (found,) = (node for node in root.iter("node") if node.get(f"{OOR}name") == "Images")
    shown = {}
    for node in found.findall("node"):
        urls = [
            value.text.removeprefix("%origin%/") for value in node.iter("value") if "%origin%" in (value.text or "")
        ]
        shown[node.find("prop").findtext("value").partition("?")[2]] = tuple(map(package.read, urls))
    assert list(shown) == list(buttons.LABELS)
    assert len(set(shown.values())) == len(shown)
    for pictures in shown.values():
        assert [struct.unpack(">2I", data[16:24]) for data in pictures] == [(size, size) for size in SIZES]
        assert all(data.startswith(b"\x89PNG") for data in pictures)


def test_every_file_of_the_manifest_is_there_and_the_toolbar_is_shown(package):
    """Nothing that the manifest promises is missing; the toolbar named there is the one that the window state docks."""
    manifest = ET.fromstring(package.read("META-INF/manifest.xml"))
    paths = [entry.get("{http://openoffice.org/2001/manifest}full-path") for entry in manifest]
    assert set(paths) <= set(package.namelist())
    assert len(paths) == 4
    keys = package.read("Accelerators.xcu").decode()
    assert set(re.findall(r"Buttons\?(\w+)<", keys)) == {"next_finding", "previous_finding"}
    assert b"private:resource/toolbar/addon_cn.gk_xl.toolbar" in package.read("CalcWindowState.xcu")


def test_what_lies_inside_needs_the_standard_library_only(package, tmp_path):
    """Unpacked alone, every module that a click imports is found, and a check of a filing gives what it gives here."""
    package.extractall(tmp_path)
    filing = tmp_path / "filing.json"
    filing.write_text(example("2025_示例乡_有误.json").dumps(), encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'pythonpath')!r})\n"
        "import gk_xl.addin.libreoffice, importlib.metadata\n"
        "from gk_xl.checks.run import check\n"
        "from gk_xl.form.filing import Filing\n"
        f"found = check(Filing.loads(open({str(filing)!r}, encoding='utf-8').read()))\n"
        "print(importlib.metadata.version('gk_xl'), *(finding.code for finding in found.findings), len(found.suspects))"
    )
    told = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    here = check(example("2025_示例乡_有误.json"))
    assert told.stdout.split() == [VERSION, *(finding.code for finding in here.findings), str(len(here.suspects))]


def test_the_interpreter_is_the_one_named_or_the_one_built_with(monkeypatch, tmp_path):
    """A variable prevails; without one and without a build the sentence says who helps."""
    monkeypatch.setenv(VARIABLE, sys.executable)
    assert interpreter() == sys.executable
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HostError, match="请让维护人员重新安装扩展"):
        interpreter()


def test_the_worker_writes_the_report_that_this_process_writes():
    """A filing with its errors crosses by pipe and comes back as the same Word file, comments included."""
    filing = example("2025_示例乡_有误.json")
    findings = [finding for finding in check(filing).findings if finding.severity == "error"]
    made = worker.ask_report(sys.executable, VERSION, filing, 2, findings)
    assert made == write_docx(filing, failed=2, findings=findings)


def test_the_worker_reads_what_the_project_reads(tmp_path):
    """Last year's published report is read in the project's interpreter; what cannot be read is its own sentence."""
    found = worker.ask_filing(sys.executable, VERSION, ROOT / "examples" / "2020_样板乡.txt")
    assert found.edition == "2019"
    assert found.number("t3.received_new.total") is not None
    with pytest.raises(HostError, match="找不到文件"):
        worker.ask_filing(sys.executable, VERSION, tmp_path / "没有.xlsx")


def test_foreign_variables_do_not_reach_the_worker(monkeypatch, tmp_path):
    """What points LibreOffice's Python elsewhere is cleared; a file beside the workbook is not imported."""
    (tmp_path / "gk_xl.py").write_text("raise SystemExit('the wrong gk_xl')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    filing = example("2025_示例乡.json")
    assert worker.ask_report(sys.executable, VERSION, filing, 0, []).startswith(b"PK")


def test_an_older_extension_and_a_missing_interpreter_are_said():
    """Each ends in one sentence with the next step."""
    filing = example("2025_示例乡.json")
    with pytest.raises(HostError, match=r"扩展是 0\.0\.1 版.*重新安装扩展"):
        worker.ask_report(sys.executable, "0.0.1", filing, 0, [])
    with pytest.raises(HostError, match="找不到程序所用的 Python"):
        worker.ask_report("/nowhere/python", VERSION, filing, 0, [])


def test_a_worker_that_breaks_is_said(tmp_path):
    """An interpreter without this package answers with its last line, not with a traceback."""
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho 'No module named gk_xl' >&2\nexit 1\n")
    script.chmod(0o755)
    if os.name == "nt":
        pytest.skip("a shell script is no program on Windows")
    with pytest.raises(HostError, match="No module named gk_xl"):
        worker.ask_report(str(script), VERSION, replace(example("2025_示例乡.json")), 0, [])
