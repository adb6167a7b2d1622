"""What may be typed into the cells of a range, as xlwings asks for it; an engine reads and puts the rules."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, NamedTuple

from gk_xl.engines.core.addresses import quoted
from gk_xl.engines.core.errors import EngineError, Refusal

COMPARED = ("whole_number", "decimal", "date", "time", "text_length")
RULES = (*COMPARED, "list", "custom", "unknown")
MIXED, INCONSISTENT = "mixed_criteria", "inconsistent"


class Validation(NamedTuple):
    """One rule; formulas begin with ``=``, are Excel's and count from the range's first cell, a list of texts has commas."""

    type: str = "none"
    operator: str | None = None
    formula1: str | None = None
    formula2: str | None = None
    in_cell_dropdown: bool = True
    ignore_blank: bool = True
    show_input: bool = True
    input_title: str = ""
    input_message: str = ""
    show_error: bool = True
    error_title: str = ""
    error_message: str = ""
    alert_style: str = "stop"


def _told(name: str, *types: str) -> Any:
    """Return a property: what the rule of the range says of something; None where rules of other types hold, or several."""

    def get(self: BlockValidation) -> Any:
        rule = self.rule
        return getattr(rule, name) if rule.type in types else None

    return property(get)


class BlockValidation(ABC):
    """The rule for what may be typed into a range. Subclasses read and put rules."""

    operator = _told("operator", *COMPARED)
    formula1 = _told("formula1", *COMPARED)
    formula2 = _told("formula2", *COMPARED)
    formula = _told("formula1", "custom")
    source = _told("formula1", "list")
    in_cell_dropdown = _told("in_cell_dropdown", "list")
    ignore_blank = _told("ignore_blank", *RULES)
    show_input = _told("show_input", *RULES)
    input_title = _told("input_title", *RULES)
    input_message = _told("input_message", *RULES)
    show_error = _told("show_error", *RULES)
    error_title = _told("error_title", *RULES)
    error_message = _told("error_message", *RULES)
    alert_style = _told("alert_style", *RULES)

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @abstractmethod
    def rules(self) -> set[Validation]:
        """Return the rules that hold in the range; ``Validation()`` among them where a cell has none."""

    @abstractmethod
    def put(self, rule: Validation) -> None:
        """Let one rule hold in the whole range and no other; ``Validation()`` for none."""

    @property
    def rule(self) -> Validation:
        """The rule of the range; one whose type alone is told where cells differ."""
        found = self.rules()
        if len(found) == 1:
            return found.pop()
        return Validation(MIXED if Validation() in found else INCONSISTENT)

    @property
    def type(self) -> str:
        """What kind of rule holds: ``none``, and ``mixed_criteria`` or ``inconsistent`` where cells differ."""
        return self.rule.type

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow some texts, or what a range or a name holds, offered by an arrow beside the cell or not."""
        if isinstance(source, list):
            told = ",".join(source)
        elif hasattr(source, "refers_to"):
            told = f"={source.name}"
        else:
            told = f"={quoted(source.sheet.name)}!{source.address}"
        self._change(type="list", operator=None, formula1=told, formula2=None, in_cell_dropdown=in_cell_dropdown)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Allow what compares with one formula, or two, or what makes a formula true."""
        self._change(type=rule_type, operator=operator, formula1=formula1, formula2=formula2)

    def delete(self) -> None:
        """Let anything be typed."""
        self.parent.allow_formats()
        self.put(Validation())

    def _change(self, **changes: Any) -> None:
        """Put another condition in the range; prompts and alerts stay. EngineError where its cells have several rules."""
        self.parent.allow_formats()
        held = self.rule
        if held.type in (MIXED, INCONSISTENT):
            raise EngineError(Refusal.UNSUPPORTED, what="DataValidation: the cells have different rules")
        self.put(held._replace(**changes))
