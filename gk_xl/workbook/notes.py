"""The note of a cell: what a check wrote into it, and what a clerk did, told apart whatever the clerk typed.

Each line of ours ends in an invisible seal, a checksum of the line written in characters without width. A line whose
seal does not fit was changed and is the clerk's, as is all that stands behind a seal or in a line without one. So our
lines can be taken out again, and nothing that somebody typed goes with them.
"""

from __future__ import annotations

import binascii

from gk_xl.form.patterns import regex

ZERO, ONE = "\u200b", "\u200c"
_BITS = 16
_SEAL = regex(f"{ONE}{ZERO}([{ZERO}{ONE}]{{{_BITS}}})")
_EARLIER = regex(r"【(?:线索|(?:错误|警告|提示) [A-Z]\d?-\d\d)】")
"""How our lines began in workbooks of earlier versions, which knew no seal."""
DIVIDER = "————"


def sealed(text: str) -> str:
    """Return a text of ours as a note holds it."""
    return "\n".join(line + _seal(line) for line in text.split("\n"))


def joined(ours: str, kept: str) -> str:
    """Return a note: findings (sealed already) above, what else it says below a line; empty when there is neither."""
    return f"{ours}\n{sealed(DIVIDER)}\n{kept}" if ours and kept else ours or kept


def parted(note: str | None) -> tuple[str, str]:
    """Return the findings in a note, still sealed, and what else it says: a clerk's remark, a value replaced."""
    ours: list[str] = []
    kept: list[str] = []
    lines = (note or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    earlier = _SEAL.search(note or "") is None and any(_EARLIER.match(line) for line in lines)
    for line in lines:
        whole = next((found for found in _SEAL.finditer(line) if _seal(line[: found.start()]) == found[0]), None)
        if whole is not None:
            if line[: whole.start()] != DIVIDER:
                ours.append(line[: whole.end()])
            if line[whole.end() :].strip():
                kept.append(_SEAL.sub("", line[whole.end() :]))
        elif not (earlier and (_EARLIER.match(line) or line == DIVIDER)):
            kept.append(_SEAL.sub("", line))
    return "\n".join(ours), "\n".join(kept).strip("\n")


def own_text(note: str | None) -> str:
    """Return what a note says besides the findings of a check."""
    return parted(note)[1]


def _seal(line: str) -> str:
    bits = f"{binascii.crc_hqx(line.encode('utf-8', 'surrogatepass'), 0):0{_BITS}b}"
    return ONE + ZERO + "".join(ONE if bit == "1" else ZERO for bit in bits)
