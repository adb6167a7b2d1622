"""The parts of an OOXML package: XML parsed when asked for, relationships, content types; the rest is carried along."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, Any, Final

from gk_xl.workbook.namespaces import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELATIONS: Final = f"{{{PACKAGE}/relationships}}"
_TYPES: Final = f"{{{PACKAGE}/content-types}}"
CONTENT_TYPES: Final = "[Content_Types].xml"


class Package:
    """An opened package. ``bytes`` gives it back, parts in their order, those that were not touched as they were."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.infos = list({info.filename: info for info in package.infolist() if not info.is_dir()}.values())
        self.parts = {info.filename: package.read(info) for info in self.infos}
        self._roots: dict[str, Any] = {}

    def root(self, name: str) -> Any:
        """Return the root of an XML part, to be read or changed; KeyError when there is no such part."""
        from lxml import etree

        if name not in self._roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            self._roots[name] = etree.fromstring(self.parts[name], parser)
        return self._roots[name]

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """Set a part's bytes; a new part is entered with its content type."""
        self._roots.pop(name, None)
        self.parts[name] = data
        if content_type:
            self._enter(name, content_type)

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern with ``{}`` that no part has: ``xl/comments{}.xml``."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Yield each relationship of a part inside the package: its identifier, type, and the part it leads to."""
        rels = _rels(name)
        if rels in self.parts:
            for item in self.root(rels):
                if item.get("TargetMode") != "External" and item.get("Target"):
                    folder = "/" + posixpath.dirname(name)
                    target = posixpath.normpath(posixpath.join(folder, item.get("Target"))).lstrip("/")
                    yield item.get("Id", ""), item.get("Type", ""), target

    def relate(self, name: str, kind: str, target: str) -> str:
        """Add a relationship from a part to another and return its identifier."""
        from lxml import etree

        rels = _rels(name)
        if rels not in self.parts:
            empty = etree.Element(f"{_RELATIONS}Relationships", nsmap={None: f"{PACKAGE}/relationships"})
            self.parts[rels] = etree.tostring(empty)
        root = self.root(rels)
        taken = {item.get("Id") for item in root}
        identifier = next(name for name in (f"rIdGk{number}" for number in range(1, 10_000)) if name not in taken)
        relative = posixpath.relpath("/" + target, "/" + posixpath.dirname(name))
        etree.SubElement(root, f"{_RELATIONS}Relationship", Id=identifier, Type=kind, Target=relative)
        return identifier

    def remove(self, name: str) -> None:
        """Remove a part with its content type and every relationship that leads to it."""
        self.parts.pop(name, None)
        self._roots.pop(name, None)
        for item in list(self.root(CONTENT_TYPES)):
            if item.get("PartName") == f"/{name}":
                item.getparent().remove(item)
        for rels in [part for part in self.parts if part.endswith(".rels")]:
            source = posixpath.join(posixpath.dirname(posixpath.dirname(rels)), posixpath.basename(rels)[:-5])
            gone = {identifier for identifier, _, target in self.relations(source) if target == name}
            for item in [item for item in self.root(rels) if item.get("Id") in gone]:
                self.root(rels).remove(item)

    def bytes(self) -> bytes:
        """Return the package."""
        from lxml import etree

        data = dict(self.parts)
        for name, root in self._roots.items():
            if name in data:
                data[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        known = {info.filename: info for info in self.infos}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in data.items():
                info = known.get(name) or zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                fresh = zipfile.ZipInfo(name, info.date_time)
                fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, info.external_attr or 0o600 << 16
                out.writestr(fresh, content)
        return buffer.getvalue()

    def _enter(self, name: str, content_type: str) -> None:
        """Enter a part's content type: ``vml`` by its ending, others by their name."""
        from lxml import etree

        types, ending = self.root(CONTENT_TYPES), name.rpartition(".")[2]
        if ending == "xml":
            if not any(item.get("PartName") == f"/{name}" for item in types):
                etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
        elif not any(item.get("Extension", "").lower() == ending for item in types):
            types.insert(0, types.makeelement(f"{_TYPES}Default", Extension=ending, ContentType=content_type))


def _rels(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")
