"""Filings of each edition, the documents of the shipped examples, and the real Writer with fonts of known measures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.load import edition_ids
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.sources.open import import_sources
from tests.filings import REPORTS, accepted

MM = 72 / 25.4
EXAMPLES = Path(__file__).parents[2] / "examples"
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<cachedir>{cache}</cachedir>{aliases}</fontconfig>
"""
_ALIAS = (
    '<match target="pattern"><test name="family"><string>{name}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>'
)
_SERIF = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "宋体")
_SANS = ("黑体",)


_LINE = re.compile(r'<line xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</line>', re.DOTALL)


def _pages(pdf) -> list[list[tuple[float, float, float, float, str]]]:
    """Return each page's lines of text from top to bottom: left, top, right, bottom (mm) and text."""
    xml = subprocess.run(
        ["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    found = []
    for page in xml.split("<page ")[1:]:
        lines = []
        for line in _LINE.finditer(page):
            left, top, right, bottom = (float(number) / MM for number in line.groups()[:4])
            lines.append((left, top, right, bottom, "".join(re.findall(r">(.*?)</word>", line[5]))))
        found.append(sorted(lines, key=lambda line: line[1]))
    return found


@pytest.fixture(scope="session")
def page_lines():
    """Return the function that reads a PDF as lines of text with their places."""
    return _pages


@pytest.fixture(scope="session")
def golden():
    """Where the accepted documents and pages lie."""
    return REPORTS


@pytest.fixture(scope="session", params=edition_ids())
def example(request):
    """Yield the example filing of each edition."""
    return accepted(request.param)


class Document(NamedTuple):
    """A report that is compared with an accepted one, which lies in the folder ``name``."""

    name: str
    filing: Filing
    findings: tuple[Finding, ...] = ()

    def docx(self) -> bytes:
        """Return the Word file as it is exported: with errors, on the clerk's word, that says so."""
        return write_docx(self.filing, failed=len(self.findings), findings=self.findings)

    def html(self) -> str:
        """Return the web page as it is exported."""
        return write_html(self.filing, failed=len(self.findings))


@pytest.fixture(scope="session", params=[*edition_ids(), "2025_示例乡.json", "2020_示例回族乡.txt", "2020_样板乡.txt"])
def document(request):
    """Yield the report of each edition's filing, and of each shipped example as a user would export it."""
    name, _, kind = request.param.partition(".")
    if not kind:
        return Document(name, accepted(name))
    source = EXAMPLES / request.param
    text = kind == "txt"
    filing = import_sources([source]).filing if text else Filing.loads(source.read_text(encoding="utf-8"))
    errors = (finding for finding in check(filing).findings if finding.severity is Severity.ERROR)
    return Document(name, filing, tuple(errors))


@pytest.fixture(scope="session")
def accept():
    """Whether this run accepts what it produces as the new golden files."""
    return os.environ.get("GK_XL_ACCEPT") == "1"


@pytest.fixture(scope="session")
def fonts(tmp_path_factory):
    """Return the environment in which Noto stands in for the fonts of the standard; skip where Noto is absent."""
    if shutil.which("pdftotext") is None or shutil.which("fc-list") is None:
        pytest.skip("poppler-utils or fontconfig is not installed")
    families = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    if "Noto Serif CJK SC" not in families:
        pytest.skip("the Noto CJK fonts are not installed")
    home = tmp_path_factory.mktemp("fonts")
    aliases = [_ALIAS.format(name=name, family="Noto Serif CJK SC") for name in _SERIF]
    aliases += [_ALIAS.format(name=name, family="Noto Sans CJK SC") for name in _SANS]
    config = home / "fonts.conf"
    config.write_text(_FONTS.format(cache=home / "cache", aliases="".join(aliases)), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}


@pytest.fixture(scope="session")
def writer(tmp_path_factory, fonts):
    """Return a function: Word files → PDF files, through LibreOffice with Noto standing in for the fonts."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("writer") / "profile"

    def convert(*files: Path, to: str = "pdf", into: Path | None = None) -> list[Path]:
        target = into or files[0].parent
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", target, *files], env=os.environ | fonts, check=True, capture_output=True, timeout=180
        )
        return [target / f"{file.stem}.{to}" for file in files]

    return convert
