"""The end of a letter as LibreOffice Writer sets it: below a list of any length, its last row stands with the signature."""

from __future__ import annotations

import pytest

from gk_xl.report.letter import Column, Letter, Listing, write_letter

COLUMNS = (Column("序号", 1.6), Column("问题", 8.0), Column("建议改为", 6.0))
CLOSING = ("“错误”必须改正；“警告”请核对。改好后点“校验”，没有错误再报送。" * 2, "联系人：李四 0000-1234567。")
SAID = "总计应当等于各列之和，现在是十二，应为二十一，相差九件。"


def letter(count: int, longer: int) -> bytes:
    rows = [[f"第{number}行", SAID * (1 + (number + longer) % 2), "改为 21"] for number in range(1, count)]
    rows.append([f"第{count}行", "文" * (20 + 16 * longer), "改为 21"])
    said = "你单位报送的报告经审核，有必须改正的几处。"
    parts = [said, Listing(COLUMNS, rows, small=True), *CLOSING]
    return write_letter(
        Letter("通知单", "某乡人民政府：", parts, "某县人民政府办公室", "2026年1月21日"), "", "2026-01-21T00:00:00Z"
    )


@pytest.mark.application
def test_the_end_of_a_letter_never_stands_on_a_page_without_a_row_of_its_list(writer, page_lines, tmp_path):
    """24 lengths over several pages: what closes and who signs are on the last page, below the last row."""
    files = []
    for count in range(36, 60, 3):
        for longer in range(3):
            files.append(tmp_path / f"{count}_{longer}.docx")
            files[-1].write_bytes(letter(count, longer))
    pages = {}
    for file, made in zip(files, writer(*files), strict=True):
        *_, before, last = ("".join(line[4] for line in page) for page in page_lines(made))
        count = file.stem.partition("_")[0]
        assert f"第{count}行" in last, file.stem
        assert all(text in last for text in ("联系人：李四", "某县人民政府办公室", "2026年1月21日")), file.stem
        assert "联系人" not in before, file.stem
        pages.setdefault(len(page_lines(made)), []).append(file.stem)
    assert len(pages) > 1  # some of the lengths did cross a page
