"""Everything that can stop the work, on one screen.

What is wrong *in a filing* is a :class:`gk_xl.form.finding.Finding`, a value. An exception means that the work
itself could not be done. Its text is one Chinese sentence for the clerk: what, where, what to do next.
"""

from __future__ import annotations


class GkXlError(Exception):
    """Base of all errors of this package; ``str()`` is the sentence to show."""


class FormError(GkXlError):
    """The form's own data cannot be used."""


class EditionNotFound(FormError):
    """No edition has this identifier, or none covers this report year."""


class BadEditionFile(FormError):
    """An edition (or unit, or rule) file breaks its schema: which file, which key, why."""

    def __init__(self, file: str, key: str, why: str) -> None:
        super().__init__(f"数据文件 {file} 的 {key} 有误：{why}")
        self.file, self.key, self.why = file, key, why


class BadFiling(FormError):
    """A filing as JSON does not follow the published shape."""


class RuleError(GkXlError):
    """The catalogue of rules cannot be used."""


class BadExpression(RuleError):
    """A rule's expression cannot be read: which text, at which character, why."""

    def __init__(self, text: str, position: int, why: str) -> None:
        super().__init__(f"规则表达式有误（第 {position + 1} 个字符）：{why}：{text}")
        self.text, self.position, self.why = text, position, why


class UnknownCell(RuleError):
    """An expression, a name or a filing mentions a cell that the edition does not have."""


class UnknownRule(RuleError):
    """No rule has this code."""


class FileError(GkXlError):
    """A file cannot be read or written; nothing was changed."""


class WouldReplace(FileError):
    """A file of somebody else's would be lost; nobody asked to write over it all the same."""


class WorkbookError(FileError):
    """A spreadsheet file cannot be used as a workbook of ours."""


class NotATemplate(WorkbookError):
    """A readable workbook, but not one made from the template."""


class SourceError(FileError):
    """A published report cannot be read as one."""


class ReportError(GkXlError):
    """The report document cannot be made."""


class ErrorsStand(ReportError):
    """Export refused: the check still finds errors, and nobody asked to export all the same."""

    def __init__(self, count: int, first: str) -> None:
        super().__init__(f"校验还有 {count} 处错误，未导出。{first}改好全部错误后再导出。")
        self.count = count


class HostError(GkXlError):
    """The surrounding application is missing, too old, or did not answer."""


class CalledOff(HostError):
    """The clerk closed a question, or chose 取消: nothing was done."""

    def __init__(self) -> None:
        super().__init__("已取消，什么也没有做。")


class Guarded(HostError):
    """A sheet has a password, so that nothing can be written into it."""


class Interrupted(GkXlError):
    """The clerk stopped a long run; what was done until then is kept."""
