"""What a paste does to a form, and how its cells look before and after."""

from __future__ import annotations

T3, T1 = "三、依申请公开", "一、总体情况"
TABLE = (6, 4, 30, 10)


def strip(book, title, block):
    """Do to cells what a paste from a word processor does: hard formats, conditional formats and validation go."""
    sheet = book.sheets[title].impl
    top, left, bottom, right = block
    protected = sheet.protected
    sheet.unprotect()
    if hasattr(sheet, "uno"):
        sheet.dressing.area(block).clearContents(32)
    else:
        from openpyxl.formatting.formatting import ConditionalFormattingList
        from openpyxl.styles import Font, PatternFill, Protection

        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cell = sheet.cell(row, column)
                cell.protection, cell.font, cell.fill = Protection(locked=True), Font("Arial", 16), PatternFill()
        sheet.file.conditional_formatting = ConditionalFormattingList()
        sheet.file.data_validations.dataValidation = []
    if protected:
        sheet.protect()


def dress_of(book, title, block):
    """Return how every cell of a block is dressed, as far as a clerk can see or feel it."""
    sheet, found = book.sheets[title], {}
    states = {}
    for state in sheet.impl.dressing.states(block):
        for row in range(state.area[0], state.area[2] + 1):
            for column in range(state.area[1], state.area[3] + 1):
                states[row, column] = state[1:]
    for row, column in sorted(states):
        cell = sheet.range((row, column)).impl
        looks = (cell.color, cell.font.name, cell.font.size, cell.font.bold, cell.font.color, cell.wrap_text,
                 cell.horizontal_alignment, cell.vertical_alignment, cell.number_format, cell.borders.line_style)  # fmt: skip
        more = ()
        if hasattr(cell, "uno"):
            validation = cell.uno.Validation
            kind = validation.Type.value
            more = (cell.uno.CharHeightAsian, cell.uno.CharFontNameAsian, cell.uno.ParaIndent, validation.InputTitle,
                    validation.InputMessage, kind, validation.ErrorMessage,
                    kind != "ANY" and (validation.getFormula1(), validation.getOperator().value))  # fmt: skip
        found[row, column] = (*states[row, column], looks, more)
    return found
