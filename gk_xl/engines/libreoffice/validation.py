"""What may be typed into LibreOffice Calc's cells for xlwings, over UNO."""

from __future__ import annotations

from typing import Any

from gk_xl.engines.core.validation import BlockValidation, Validation
from gk_xl.engines.libreoffice.process import in_words, load_uno

CALC_A1 = 0  # com.sun.star.sheet.AddressConvention
SHEET = "com.sun.star.sheet."
TYPES = {
    "whole_number": "WHOLE", "decimal": "DECIMAL", "date": "DATE", "time": "TIME", "text_length": "TEXT_LEN",
    "list": "LIST", "custom": "CUSTOM", "none": "ANY", "unknown": "ANY",
}  # fmt: skip
OPERATORS = {
    "between": "BETWEEN", "not_between": "NOT_BETWEEN", "equal_to": "EQUAL", "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER", "less_than": "LESS", "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}  # fmt: skip
STYLES = {"stop": "STOP", "warning": "WARNING", "information": "INFO"}


@in_words
class DataValidation(BlockValidation):
    """The rule for what may be typed into a range."""

    @property
    def api(self) -> Any:
        """The UNO validation of the range, a copy."""
        return self.parent.uno.Validation

    def rules(self) -> set[Validation]:
        """Return the rules that hold in the range."""
        groups = self.parent.uno.getUniqueCellFormatRanges()
        return {self._read(groups.getByIndex(number).Validation) for number in range(groups.getCount())}

    def _read(self, rule: Any) -> Validation:
        prompts = (
            rule.ShowInputMessage,
            rule.InputTitle,
            rule.InputMessage,
            rule.ShowErrorMessage,
            rule.ErrorTitle,
            rule.ErrorMessage,
            _name(STYLES, rule.ErrorAlertStyle.value),
        )
        kind = _name(TYPES, rule.Type.value)
        if kind == "none":
            told = any((rule.InputTitle, rule.InputMessage, rule.ErrorTitle, rule.ErrorMessage))
            return Validation("unknown", None, None, None, True, True, *prompts) if told else Validation()
        compared = kind not in ("list", "custom")
        operator = _name(OPERATORS, rule.getOperator().value) if compared else None
        second = self._in_excels(rule, rule.getFormula2()) if operator in ("between", "not_between") else None
        text = rule.getFormula1()
        literal = kind == "list" and text.startswith('"')
        first = text[1:-1].replace('";"', ",") if literal else self._in_excels(rule, text)
        return Validation(kind, operator, first, second, rule.ShowList > 0, rule.IgnoreBlankCells, *prompts)

    def _in_excels(self, rule: Any, text: str) -> str:
        """Return a formula of a rule as it is for the range's first cell: LibreOffice tells it in its own notation."""
        parser = self.parent.sheet.book.uno.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, CALC_A1
        return str(self.parent.printed(parser.parseFormula(text, rule.getSourcePosition())))

    def put(self, rule: Validation) -> None:
        """Let one rule hold in the whole range and no other."""
        held, place = self.parent.uno.Validation, self.parent.cell().getCellAddress()
        enum = load_uno().Enum
        held.Type = enum(f"{SHEET}ValidationType", TYPES[rule.type])
        held.setOperator(enum(f"{SHEET}ConditionOperator", OPERATORS[rule.operator or "between"]))
        held.setSourcePosition(place)
        for number, text in enumerate((rule.formula1, rule.formula2)):
            if number == 0 and rule.type == "list" and text and not text.startswith("="):
                held.setFormula1(";".join(f'"{one}"' for one in text.split(",")))
                continue
            parser = self.parent.sheet.book.formula_parser
            held.setTokens(number, parser.parseFormula(text[1:], place) if text else ())
        held.ShowList, held.IgnoreBlankCells = int(rule.in_cell_dropdown), rule.ignore_blank
        held.ShowInputMessage, held.InputTitle, held.InputMessage = (
            rule.show_input,
            rule.input_title,
            rule.input_message,
        )
        held.ShowErrorMessage, held.ErrorTitle, held.ErrorMessage = (
            rule.show_error,
            rule.error_title,
            rule.error_message,
        )
        held.ErrorAlertStyle = enum(f"{SHEET}ValidationAlertStyle", STYLES[rule.alert_style])
        self.parent.uno.Validation = held


def _name(names: dict[str, str], value: str) -> str:
    """Return xlwings' name for a word of LibreOffice's."""
    return next((name for name, known in names.items() if known == value), "stop")
