"""Pages whose sections stand behind tabs or in folds: what a click shows is read, what is hidden for good is not."""

from __future__ import annotations

from html import escape

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import html_block

CLICKED = "要点开的标签页"


def parts_of(drawing):
    """Return the title, and heading and body of each part of a drawn report, the text before 一 as 引言."""
    headings = {section.heading for section in drawing.filing.form.sections}
    title, *rest = drawing.blocks
    parts = [("引言", "")]
    for block in rest:
        if not isinstance(block, Drawn) and block in headings:
            parts.append((block, ""))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + html_block(block))
    return title, parts


def bar(parts, item='<li role=tab><a href="#p{n}">{name}</a></li>'):
    return f"<ul role=tablist>{''.join(item.format(n=n, name=escape(name)) for n, (name, _) in enumerate(parts))}</ul>"


def by_role(parts):
    """Headings on the tabs and in the panels, all but the first hidden."""
    return bar(parts) + "".join(
        f'<div role=tabpanel id=p{n} style="display:{"none" if n else "block"}"><h3>{name}</h3>{body}</div>'
        for n, (name, body) in enumerate(parts)
    )


def tabs_alone(parts):
    """Headings on the tabs only, the panels told by a class."""
    style = "<style>.pane{display:none}.pane.on{display:block}</style>"
    return style + bar(parts, "<li>{name}</li>") + "".join(
        f'<div class="pane{"" if n else " on"}">{body}</div>' for n, (_, body) in enumerate(parts)
    )  # fmt: skip


def all_shown(parts):
    """Headings on the tabs only; the style sheet that hides the panels was not saved."""
    return bar(parts, "<li>{name}</li>") + "".join(f"<div class=pane>{body}</div>" for _, body in parts)


def folds(parts):
    """Each heading is seen, what stands under it is not."""
    return "".join(f"<div class=fold><h3>{name}</h3><div class=inner hidden>{body}</div></div>" for name, body in parts)


def beside_headings(parts):
    """A table of contents, each heading before the box of its text."""
    own = parts[1:]
    boxes = (f"<h3>{name}</h3><div class=pane>{body}</div>" for name, body in own)
    return parts[0][1] + bar(own, "<li>{name}</li>") + "".join(boxes)


def flat(parts):
    """Everything in one box, as many boxes beside it: no headings on tabs, though it holds them all."""
    inner = "".join(f"<h3>{name}</h3>{body}" for name, body in parts[1:])
    return f"{parts[0][1]}<div>{inner}</div>" + "".join(f"<div class=link>友情链接{n}</div>" for n in range(18))


def page(title, body):
    return (
        f"<html><head><meta charset=utf-8></head><body><nav>首页</nav><main><h1>{title}</h1>{body}</main></body></html>"
    )


def read(folder, drawing, text):
    path = folder / "年报.html"
    path.write_text(text, encoding="utf-8")
    imported = import_sources([path])
    return imported, judged(drawing, imported)


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize(
    "way", [by_role, tabs_alone, all_shown, folds, beside_headings, flat], ids=lambda way: way.__name__
)
def test_what_a_click_shows_is_read(way, edition, tmp_path):
    """Whole, in order; that it was not seen at first is said."""
    drawing = drawing_of(filing_of(edition, 3))
    title, parts = parts_of(drawing)
    imported, found = read(tmp_path, drawing, page(title, way(parts)))
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
    assert imported.filing.narrative == drawing.narrative
    assert any(CLICKED in note.message for note in imported.notes) == (way in (by_role, tabs_alone, folds))


@pytest.mark.parametrize("before", [True, False])
def test_a_second_copy_that_is_hidden_is_not(before, tmp_path):
    """One for small screens with other numbers, section by section beside the one that is seen."""
    drawing, other = drawing_of(filing_of("2021", 3)), drawing_of(filing_of("2021", 4))
    title, parts = parts_of(drawing)
    seen = [f"<div class=part><h3>{name}</h3>{body}</div>" for name, body in parts]
    gone = [f"<div class=part style='display:none'><h3>{name}</h3>{body}</div>" for name, body in parts_of(other)[1]]
    pairs = zip(gone, seen, strict=True) if before else zip(seen, gone, strict=True)
    imported, found = read(tmp_path, drawing, page(title, "".join(map("".join, pairs))))
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
    assert not any(CLICKED in note.message for note in imported.notes)


def test_hidden_tables_beside_those_that_are_seen_are_not(tmp_path):
    """Alone in their boxes: the tables of the year before, which a script compares with these."""
    drawing, other = drawing_of(filing_of("2021", 3)), drawing_of(filing_of("2021", 4))
    title, parts = parts_of(drawing)
    gone = [f"<div class=last hidden>{html_block(block)}</div>" for block in other.blocks if isinstance(block, Drawn)]
    body = "".join(f"<h3>{name}</h3>{body}" for name, body in parts)
    for text in (body + "".join(gone), "".join(gone) + body):
        _, found = read(tmp_path, drawing, page(title, text))
        assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
