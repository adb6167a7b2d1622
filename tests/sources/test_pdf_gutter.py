"""Text in two columns, as gazettes print it: the left column is read before the right one, tables over both stay where they are."""

from __future__ import annotations

import pytest

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

from gk_xl.sources.document import Paragraph
from gk_xl.sources.formats import pdf
from tests.sources.papers import Paper, width

SIZE, PITCH, WIDE = 10, 15, 210
SENTENCES = [
    f"（{number}）本年围绕水旱灾害防御和农村饮水安全等重点发布信息{each}条，群众关切的水质监测结果按季公开，其余事项按规定办理并及时答复，没有超过期限的情形。"
    for number, each in zip("一二三四五六", (312, 86, 57, 12, 40, 9), strict=True)
]


def lines_of(text, *, indent):
    """Return the lines of a paragraph in a column, blanks before the first one."""
    lines, line = [], "\u3000" * indent
    for sign in text:
        if width(line + sign, SIZE) > WIDE:
            lines, line = [*lines, line], ""
        line += sign
    return [*lines, line]


def printed(paper, texts, y, *, indent=2, left=60, right=310, more=0):
    """Print paragraphs in two columns, the left one so many lines longer; return where they end."""
    lines = [line for text in texts for line in lines_of(text, indent=indent)]
    half = (len(lines) + 1 + more) // 2
    for x, own, begin in ((left, lines[:half], y), (right, lines[half:], y + 4)):
        for number, line in enumerate(own):
            shown = line.lstrip("\u3000")
            paper.text(x + SIZE * (len(line) - len(shown)), begin + PITCH * number, SIZE, shown)
    return y + PITCH * half


def paragraphs(paper):
    return [block.text for block in pdf.read(paper.data(), "公报").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("indent", [0, 2], ids=["not set in", "set in"])
@pytest.mark.parametrize("more", [0, 4], ids=["columns alike", "the left one longer"])
def test_columns_are_read_one_after_the_other(indent, more):
    """Headings over both, before and behind, stand where they stood."""
    paper = Paper()
    paper.text(60, 80, SIZE, "一、总体情况")
    y = printed(paper, SENTENCES, 110, indent=indent, more=more)
    paper.text(60, y + 30, SIZE, "五、存在的主要问题及改进情况")
    paper.text(
        60,
        y + 30 + PITCH,
        SIZE,
        "公开的内容还不够全面，解读的形式比较单一，与群众的期待还有差距，下一步改进并按季核对。",
    )
    found = paragraphs(paper)
    assert found[0] == "一、总体情况"
    assert "".join(found[1:-2]) == "".join(SENTENCES)
    assert found[-2] == "五、存在的主要问题及改进情况"
    assert indent == 0 or found[1:-2] == SENTENCES


def test_a_few_lines_are_columns_where_the_file_has_columns():
    """Three lines and two on the second page, over the same gutter; in a file without columns they stay lines."""
    few = [SENTENCES[0][:80] + "。"]
    paper = Paper()
    printed(paper, SENTENCES, 110)
    paper.turn()
    printed(paper, few, 110)
    assert paragraphs(paper) == [*SENTENCES, *few]
    alone = Paper()
    printed(alone, few, 110)
    assert paragraphs(alone) != few


def test_names_and_numbers_beside_one_another_are_no_columns():
    """A form of two columns of short entries, a signature to the right."""
    paper = Paper()
    for number, (label, value) in enumerate(
        (("负责人", "王某"), ("审核人", "李某"), ("填表人", "张某"), ("电话", "12345"))
    ):
        paper.text(60, 100 + PITCH * number, SIZE, label)
        paper.text(310, 100 + PITCH * number, SIZE, value)
    assert "王某" in paragraphs(paper)[0]
