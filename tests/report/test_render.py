"""The page as LibreOffice Writer sets it, measured against GB/T 9704—2012 and compared with pages accepted by eye."""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from dataclasses import replace

import numpy as np
import pytest

from gk_xl.report.docx import write_docx
from gk_xl.report.title import title_lines
from gk_xl.report.values import width

pytestmark = pytest.mark.application
MM = 72 / 25.4
PAGE_MEAN, BLOCK_MEAN, BLOCK = 4.0, 48.0, 16
"""Tolerance of a page picture (50 dpi, 256 greys): mean difference of the page, and of any block of 16 × 16 pixels.
Noise of a few greys stays below both; a line of text moved or lost does not. Numbers are the business of the parts."""


@pytest.fixture(scope="session")
def rendered(document, writer, tmp_path_factory):
    """Yield the PDF of each document."""
    file = tmp_path_factory.mktemp("pages") / f"{document.name}.docx"
    file.write_bytes(document.docx())
    return writer(file)[0]


def test_a_page_has_22_lines_of_28_characters_inside_the_type_area(example, writer, page_lines, tmp_path):
    text = "公开为常态不公开为例外" * 200
    file = tmp_path / "full.docx"
    file.write_bytes(write_docx(replace(example, narrative={"overview": (text,)})))
    page = page_lines(writer(file)[0])[1]
    *lines, footer = page
    assert len(lines) == 22
    assert {len(line[4]) for line in lines} == {28}
    assert min(line[0] for line in lines) == pytest.approx(28, abs=0.5)
    assert max(line[2] for line in lines) == pytest.approx(184, abs=0.5)
    pitch = (lines[-1][1] - lines[0][1]) / 21
    assert pitch == pytest.approx(225 / 22, abs=0.05)
    middles = [(line[1] + line[3]) / 2 for line in lines]
    assert middles[0] == pytest.approx(37 + pitch / 2, abs=1)
    assert middles[-1] == pytest.approx(297 - 35 - pitch / 2, abs=1)
    assert footer[4] == "—2—"


def test_page_numbers_stand_outside_seven_millimetres_under_the_type_area(rendered, page_lines):
    for number, page in enumerate(page_lines(rendered), start=1):
        left, top, right, bottom, text = max(page, key=lambda line: line[1])
        assert text == f"—{number}—"
        assert (top + bottom) / 2 == pytest.approx(297 - 35 + 7, abs=1)
        edge = 184 - right if number % 2 else left - 28
        assert edge == pytest.approx(14 / MM, abs=1)


def test_table_three_stands_on_one_page_with_its_heading(rendered, document, page_lines):
    form = document.filing.form
    labels = [cell.path[-1] for cell in form.table("t3").cells[::7]]
    texts = ["".join(line[4] for line in sorted(page)) for page in page_lines(rendered)]
    heading = form.section("t3").heading
    (page,) = (text for text in texts if heading in text)
    for label in labels:
        assert label[:6].replace("“", "") in page.replace("“", "")


def test_long_numbers_stand_on_one_line(example, writer, page_lines, tmp_path):
    """Six digits in every cell of 表三: none is broken in two, the table stays on its page."""
    many = replace(example, cells={cell: 380_714 if cell.startswith("t3.") else n for cell, n in example.cells.items()})
    file = tmp_path / "many.docx"
    file.write_bytes(write_docx(many))
    texts = ["".join(line[4] for line in page) for page in page_lines(writer(file)[0])]
    held = [text.count("380714") for text in texts]
    assert max(held) == sum(held) == sum(cell.startswith("t3.") for cell in many.cells)


def test_title_is_22_points_and_does_not_break_a_word(rendered, document, page_lines):
    lines = title_lines(document.filing.title)
    page = page_lines(rendered)[0][bool(document.findings) :]  # the first line may say that the check was not passed
    assert tuple(line[4] for line in page[: len(lines)]) == lines
    last = page[len(lines) - 1]
    gaps = 2 * 22 / 4 if re.search(r"\d", last[4]) else 0  # Writer sets a quarter character between digits and Chinese
    assert (last[2] - last[0]) * MM == pytest.approx(22 * width(last[4]) + gaps, abs=4)


def test_date_begins_two_characters_after_the_unit_and_the_unit_ends_two_from_the_edge(rendered, document, page_lines):
    *_, unit, date, _ = page_lines(rendered)[-1]
    if not document.filing.signed.date:
        assert not date[4].endswith("日")  # nothing is made up for a report that is not signed
        return
    assert date[0] - unit[0] == pytest.approx(2 * 15.75 / MM, abs=0.5)
    assert 184 - unit[2] == pytest.approx(2 * 15.75 / MM, abs=1.5)


def grey(png: bytes) -> np.ndarray:
    """Return an 8-bit grey PNG (as pdftocairo writes it) as an array."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 0)
    chunks, at = b"", 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        chunks += png[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    raw = np.frombuffer(zlib.decompress(chunks), np.uint8).reshape(height, width + 1)
    image = np.zeros((height, width), np.uint8)
    for y, row in enumerate(raw):
        above = image[y - 1].astype(int) if y else np.zeros(width, int)
        method, line = row[0], row[1:].astype(int)
        if method in (0, 2):
            image[y] = (line + (above if method else 0)) % 256
            continue
        for x in range(width):
            left, up, corner = (image[y, x - 1] if x else 0), above[x], (above[x - 1] if x else 0)
            guess = int(left) + up - corner
            paeth = min(((abs(guess - value), n, value) for n, value in enumerate((int(left), up, corner))))[2]
            image[y, x] = (line[x] + {1: int(left), 3: (int(left) + up) // 2, 4: paeth}[int(method)]) % 256
    return image


def test_pages_look_like_the_accepted_ones(rendered, document, golden, accept, tmp_path):
    subprocess.run(["pdftocairo", "-r", "50", "-gray", "-png", rendered, tmp_path / "page"], check=True, timeout=60)
    made, folder = sorted(tmp_path.glob("page-*.png")), golden / document.name / "pages"
    if accept:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("page-*.png"):
            old.unlink()
        for file in made:
            (folder / file.name).write_bytes(file.read_bytes())
    assert [file.name for file in made] == sorted(file.name for file in folder.glob("page-*.png"))
    for file in made:
        assert alike(grey(file.read_bytes()), grey((folder / file.name).read_bytes())), file.name


def alike(one: np.ndarray, two: np.ndarray) -> bool:
    """Return whether two pages are the same within the tolerance."""
    if one.shape != two.shape:
        return False
    apart = np.abs(one.astype(float) - two)
    height, width = (size // BLOCK * BLOCK for size in one.shape)
    blocks = apart[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK).mean(axis=(1, 3))
    return bool(apart.mean() <= PAGE_MEAN and blocks.max() <= BLOCK_MEAN)


def test_the_tolerance_lets_noise_pass_and_catches_what_a_reader_would_see(golden):
    page = grey((golden / "2021" / "pages" / "page-1.png").read_bytes())
    noise = np.clip(page.astype(int) + np.random.default_rng(1).integers(-6, 7, page.shape), 0, 255).astype(np.uint8)
    assert alike(page, noise)
    assert not alike(page, np.roll(page, 4, axis=0))  # everything two millimetres lower
    title = np.argwhere(page < 128)[0][0]
    lost = page.copy()
    lost[title : title + 16] = 255  # a line of text lost
    assert not alike(page, lost)


def test_hostile_content_is_set_on_pages_all_the_same(example, writer, page_lines, tmp_path):
    """A 2,000-character paragraph, an essay in a number's cell, emoji, control characters, a formula: nothing is lost."""
    essay = "此处不应填写文字" * 30
    hostile = replace(
        example.with_cells({"t3.granted.total": essay, "t4.suit_direct.upheld": "=1+1"}),
        narrative={"overview": ("公开" * 1000, "表情😀与控制\x07字符", "")},
    )
    file = tmp_path / "hostile.docx"
    file.write_bytes(write_docx(hostile, failed=2))
    text = "".join(line[4] for page in page_lines(writer(file)[0]) for line in sorted(page, key=lambda line: line[:2]))
    assert text.count("公开") >= 1000
    assert "此处" in text
    assert "=1+1" in text
    assert "与控制字符" in text
    for section in example.form.sections:
        assert section.heading in text
