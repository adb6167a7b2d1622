"""Draw the pictures of docs/guide.md: the example's workbook, checked, signed and reported, as LibreOffice shows it.

usage: python -m tools.pictures        from the checkout's folder; needs LibreOffice, poppler's pdftotext and pdftoppm

Each picture is the page of a PDF that bears its mark. Run it after a change of the sheets, look at the pictures, commit them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.report.pdf import find_soffice
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.sealing import sealed_texts

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "examples" / "2025_示例乡.json"
RESOLUTION = 72
PAGES = {  # picture → (which file, what its page bears)
    "cover": ("年报", "接下来做什么"),
    "overview": ("年报", "小标题单独一行"),
    "import": ("导入", "三、收到和处理政府信息公开申请情况"),
    "results": ("校验", "跳到那一格"),
    "table3": ("校验", "三、收到和处理政府信息公开申请情况"),
    "slip": ("年报", "报送单位、年度"),
    "report": ("报告", "政府信息公开工作年度报告"),
    "summary": ("汇总", "应交"),
}
CHECKED_AT = "2026-01-12 09:00"


def run(*command: object) -> str:
    """Run a program and return what it printed; stop with that where it fails."""
    ran = subprocess.run(list(map(str, command)), capture_output=True, check=False, encoding="utf-8", cwd=ROOT)
    if ran.returncode:
        sys.exit(f"{command[0]}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return ran.stdout


def write_files(folder: Path) -> None:
    """Write the workbooks and the report that are shown."""
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    result = check(filing)
    sealed = sealed_texts(content_for(filing, None, result, CHECKED_AT))
    slip = {**sealed, "filler": "张三", "reviewer": "李四", "head": "王五", "date": "2026-01-12"}
    (folder / "年报.xlsx").write_bytes(build_workbook(replace(filing, slip=slip), result=result, checked_at=CHECKED_AT))
    (folder / "年报.json").write_text(filing.dumps(), encoding="utf-8")
    slipped = filing.with_cells({"t3.granted.total": (filing.number("t3.granted.total") or 0) * 10 + 4})
    (folder / "校验.xlsx").write_bytes(build_workbook(slipped, result=check(slipped), checked_at=CHECKED_AT))
    run(sys.executable, "-m", "gk_xl", "report", folder / "年报.json", "-o", folder / "报告.docx")
    run(sys.executable, "-m", "gk_xl", "report", folder / "年报.json", "-o", folder / "发布.html")
    run(sys.executable, "-m", "gk_xl", "import", folder / "发布.html", "-o", folder / "导入.xlsx")
    units = folder / "各单位"
    units.mkdir()
    for number, name in enumerate(("示例乡", "青石镇", "白水乡"), start=1):
        kind = "town" if name.endswith("镇") else "township"
        unit = replace(filing.unit, name=f"{name}人民政府", kind=kind)
        (units / f"{number}.json").write_text(replace(filing, unit=unit).dumps(), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "gk_xl", "desk", "check", str(units), "-o", str(folder / "汇总.xlsx")],
        capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip


def draw(folder: Path) -> None:
    """Convert what is shown to PDF and the pages that bear the marks to PNG."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [folder / name for name in ("年报.xlsx", "校验.xlsx", "导入.xlsx", "汇总.xlsx", "报告.docx")]
    run(find_soffice(), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files)
    FOLDER.mkdir(exist_ok=True)
    for picture, (name, mark) in PAGES.items():
        pages = run("pdftotext", "-layout", folder / f"{name}.pdf", "-").split("\f")
        wanted = "".join(mark.split())
        page = next((at for at, text in enumerate(pages, start=1) if wanted in "".join(text.split())), 0)
        if not page:
            sys.exit(f"{name}: no page bears {mark}")
        run(
            "pdftoppm", "-r", RESOLUTION, "-f", page, "-l", page, "-png", "-singlefile",
            folder / f"{name}.pdf", FOLDER / picture,
        )  # fmt: skip


def main() -> None:
    """Draw all pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder)
        draw(folder)


if __name__ == "__main__":
    main()
