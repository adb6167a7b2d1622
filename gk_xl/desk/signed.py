"""Is a workbook or report the one that was signed: its fingerprint against the one on a 报送单."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.errors import FileError, SourceError
from gk_xl.form.fingerprint import Fingerprint, different, fingerprint, read_parts, typed_code
from gk_xl.intake import SUFFIXES, receive
from gk_xl.workbook.kinds import is_ours
from gk_xl.workbook.layout import SLIP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Filing


class Signed(NamedTuple):
    """What a 报送单 says: the code, the short codes of the parts by label, who signed when; where it was read."""

    source: str
    code: str
    parts: Mapping[str, str]
    who: str


class Verdict(NamedTuple):
    """Whether a file is what was signed; ``different`` are the parts that say something else."""

    source: str
    signed: Signed
    found: Fingerprint
    different: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it is the one that was signed."""
        return self.found.whole == self.signed.code


def verify(path: Path, sheet: str) -> Verdict:
    """Return whether a workbook or report is what was signed.

    ``sheet`` is the workbook (or its JSON) that holds the 报送单, or the fingerprint as it stands on paper; empty for the
    file's own 报送单. GkXlError says in a sentence what cannot be read, or that nothing was signed there.
    """
    filing = filing_of(path)
    if sheet and (code := typed_code(sheet)) and not Path(sheet).exists():
        signed = Signed("纸上的指纹", code, {}, "")
    elif sheet:
        original = filing_of(Path(sheet))
        signed = signed_in(original, Path(sheet))
        if original.form.annexes and not filing.form.annexes:
            raise SourceError(
                f"签字的那一份带有附表，从“{path}”读不出附表的数，说不准是不是那一份。请用工作簿、填报数据或导出的 Word 核对。"
            )
    else:
        signed = signed_in(filing, path)
    found = fingerprint(filing)
    return Verdict(str(path), signed, found, different(found, signed.parts))


def filing_of(path: Path) -> Filing:
    """Return the filing of a workbook of ours, of its JSON, or of a report in any format."""
    from gk_xl.sources.open import import_sources
    from gk_xl.workbook.files import read_bytes

    own = path.suffix.lower() == ".json" or (path.suffix.lower() in SUFFIXES and is_ours(read_bytes(path)))
    if own:
        return receive(path).filing
    imported = import_sources([path])
    if not any(value is not None for value in imported.filing.cells.values()):
        raise SourceError(f"“{path}”里没有读到年报的表格，无法核对是不是签字的那一份。")
    return imported.filing


def signed_in(filing: Filing, path: Path) -> Signed:
    """Return what the 报送单 of a filing says; FileError when it says nothing."""
    slip = filing.slip
    code = typed_code(slip.get("fingerprint", ""))
    if not code:
        raise FileError(
            f"“{path}”的“{SLIP}”上没有指纹，不知道签的是哪一份。请在这本工作簿里点“报送单”，签字后再核对；"
            "手里只有纸质报送单的，把纸上的指纹照抄在这里核对。"
        )
    names = "，".join(
        f"{label} {slip[name]}"
        for name, label in (("head", "负责人"), ("date", "日期"), ("at", "校验时间"))
        if slip.get(name)
    )
    return Signed(str(path), code, read_parts(slip.get("parts", "")), names)
