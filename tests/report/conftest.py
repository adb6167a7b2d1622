"""Two example filings (own wording), and the real Writer with fonts whose measures are known."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
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


@pytest.fixture(scope="session")
def golden():
    """Where the accepted documents and pages lie."""
    return GOLDEN


@pytest.fixture(scope="session", params=edition_ids())
def example(request):
    """Yield the example filing of each edition."""
    return Filing.loads((GOLDEN / f"{request.param}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def accept():
    """Whether this run accepts what it produces as the new golden files."""
    return os.environ.get("GK_XL_ACCEPT") == "1"


@pytest.fixture(scope="session")
def writer(tmp_path_factory):
    """Return a function: Word files → PDF files, through LibreOffice with Noto standing in for the fonts."""
    soffice = shutil.which("soffice")
    if soffice is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or poppler-utils is not installed")
    families = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    if "Noto Serif CJK SC" not in families:
        pytest.skip("the Noto CJK fonts are not installed")
    home = tmp_path_factory.mktemp("writer")
    aliases = [_ALIAS.format(name=name, family="Noto Serif CJK SC") for name in _SERIF]
    aliases += [_ALIAS.format(name=name, family="Noto Sans CJK SC") for name in _SANS]
    config = home / "fonts.conf"
    config.write_text(_FONTS.format(cache=home / "cache", aliases="".join(aliases)), encoding="utf-8")

    def convert(*files: Path, to: str = "pdf", into: Path | None = None) -> list[Path]:
        target = into or files[0].parent
        command = [soffice, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", target, *files],
            env=os.environ | {"FONTCONFIG_FILE": str(config)}, check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return [target / f"{file.stem}.{to}" for file in files]

    return convert
