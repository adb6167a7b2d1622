"""Office packages opened with care: damaged, encrypted, exploding or with entities, one Chinese sentence each."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any, Final, NamedTuple

from gk_xl.errors import SourceError
from gk_xl.workbook.kinds import DAMAGED

LARGEST_UNPACKED: Final = 120 * 1024 * 1024
LARGEST_PART: Final = 24 * 1024 * 1024
MOST_MEMBERS: Final = 5_000
_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/\2"
"""Namespaces of ISO/IEC 29500 strict (Word: Strict Open XML) → those that everybody else writes."""


class Relation(NamedTuple):
    """What a part of a package refers to: its kind, the member or the address, whether that is outside the package."""

    kind: str
    target: str
    outside: bool


class Package:
    """An office file opened in memory."""

    def __init__(self, data: bytes, name: str, suffix: str) -> None:
        """Open a file; SourceError, naming ``name``, for one that is damaged or dangerous; ``suffix`` as it should be."""
        self.name, self.suffix = name, suffix
        self.damaged = SourceError(f"{name} 已经损坏，不是完整的 {suffix} 文件；请重新下载，或用 Word 打开修复后再试。")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self.zip.infolist()
        except DAMAGED:
            raise self.damaged from None
        self.names = frozenset(info.filename for info in infos)
        if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
            raise SourceError(f"{name} 展开后大得不正常，不像年度报告；请核对文件来源，删去多余的图片再试。")
        if any(member.lower().endswith("vbaproject.bin") for member in self.names):
            raise SourceError(f"{name} 里有宏，为安全起见没有打开；请另存为不含宏的 {suffix} 再试。")

    def bytes_of(self, member: str) -> bytes:
        """Return a part."""
        try:
            info = self.zip.getinfo(member)
            if info.file_size > LARGEST_PART:
                raise SourceError(f"{self.name} 里的 {member} 大得不正常，为安全起见没有读；请核对文件来源。")
            return self.zip.read(member)
        except (KeyError, *DAMAGED):
            raise self.damaged from None

    def xml(self, member: str) -> Any:
        """Return the root of a part; entities are refused, nothing is fetched."""
        from lxml import etree

        part = self.bytes_of(member)
        if any("<!DOCTYPE".encode(encoding) in part for encoding in ("ascii", "utf-16-le", "utf-16-be")):
            raise SourceError(f"{self.name} 里有办公文档不该有的内容（DOCTYPE），为安全起见没有打开；请核对文件来源。")
        try:
            return etree.fromstring(
                _STRICT.sub(_TRANSITIONAL, part),
                etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False),
            )
        except etree.XMLSyntaxError:
            raise self.damaged from None

    def related(self, part: str = "") -> dict[str, Relation]:
        """Return by its identifier what a part refers to; "" for the package itself."""
        folder, own = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        found = {}
        for item in self.xml(relations) if relations in self.names else ():
            target, outside = item.get("Target", ""), item.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, outside)
        return found
