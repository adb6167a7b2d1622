"""The provinces, prefectures and counties of China by name, from ``places.toml``: known, never guessed from running text.

Loaded when first asked for. A name may belong to several places (鼓楼区), so a name leads to a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.form.kept import toml
from gk_xl.form.patterns import regex
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROVINCE: Final = "province"
PREFECTURE: Final = "prefecture"
COUNTY: Final = "county"
_LEVELS: Final = {2: PROVINCE, 4: PREFECTURE, 6: COUNTY}
SUFFIXES: Final = "省市县区旗盟州"
"""The last characters of all names of the list, but for 地区, which ends in one of them."""

_ENTRY: Final = regex(r"(\d+)(\S+)")
_LAST: Final = regex(f"[{SUFFIXES}]")
_PEOPLES: Final = (
    "壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|高山|拉祜|水|佤|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|"
    "景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|俄罗斯|裕固|乌孜别克|门巴|鄂伦春|独龙|塔塔尔|赫哲|珞巴|各"
)
_FULL: Final = regex(
    rf"(?:特别行政区|(?:(?:{_PEOPLES})族)*(?:蒙古)?自治[州县旗]|(?:壮族|回族|维吾尔)?自治区|地区|林区|[省市县区旗盟州])$"
)
_WORDS: Final = frozenset({"城区", "郊区", "矿区", "东区", "西区", "新市区", "市中区", "南区", "北区"})
"""Names of counties that are words of running text as well, as all of two characters may be."""


def _only_words(text: str, start: int, end: int) -> bool:
    """Return whether a name is likelier a piece of running text (和县 in 和县政府): then only a place before it tells."""
    return (end - start == 2 or text[start:end] in _WORDS) and text[start - 1 : start] not in tuple("省市州盟")


class Place(NamedTuple):
    """A place: its code (2, 4 or 6 digits), its name, and its level."""

    code: str
    name: str
    level: str

    @property
    def short(self) -> str:
        """The name without what kind of place it is: 云溪 for 云溪县; the name itself where one character would be left."""
        short = _FULL.sub("", self.name)
        return short if len(short) > 1 else self.name

    def holds(self, other: Place) -> bool:
        """Return whether the other place lies in this one, or is it."""
        return other.code.startswith(self.code)


class Named(NamedTuple):
    """A name of the list in a text: where it stands, and the places that bear it."""

    start: int
    end: int
    places: tuple[Place, ...]

    @property
    def name(self) -> str:
        """The name."""
        return self.places[0].name


@dataclass(frozen=True)
class Gazetteer:
    """All places: the codes of those that bear a name. A code tells the level by its length."""

    codes: Mapping[str, tuple[str, ...]]
    longest: int

    def places(self, name: str) -> tuple[Place, ...]:
        """Return the places that bear a name, none where it is not on the list."""
        return tuple(Place(code, name, _LEVELS[len(code)]) for code in self.codes.get(name, ()))

    def find(self, text: str) -> Iterator[Named]:
        """Yield the names of the list in a text, the longest that ends at each place, without words of running text."""
        for match in _LAST.finditer(text):
            end = match.end()
            for start in range(max(0, end - self.longest), end - 1):
                if text[start:end] in self.codes:
                    if not _only_words(text, start, end):
                        yield Named(start, end, self.places(text[start:end]))
                    break


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return all places of ``places.toml``, as they were kept or read now."""
    return Gazetteer(*prebuilt("places", _listed))


def _listed() -> tuple[dict[str, tuple[str, ...]], int]:
    """Return the codes by name, and how long the longest name is."""
    codes: dict[str, tuple[str, ...]] = {}
    for line in toml(Path(__file__).with_name("places.toml"))["names"].splitlines():
        head = ""
        for code, name in _ENTRY.findall(line):
            whole = head + code
            head = head or code
            codes[name] = (*codes[name], whole) if name in codes else (whole,)
    return codes, max(map(len, codes))
