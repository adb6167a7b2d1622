"""What in the registry keeps Excel from loading an add-in that lies in XLSTART, and what does not.

XLSTART is a trusted place: there the choice “disable all macros” (VBAWarnings) has no effect. It gets one when trusted
places are switched off. VBA, all add-ins, or all that are not signed may be switched off besides. Office's group policies
name these values; they are looked for in the policies of the user, of the machine and of the cloud, and in what the
user set in the Trust Center.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Registry = Callable[[str, str], Any]

RELEASES: Final = ("16.0", "15.0", "14.0")
ROOTS: Final = (
    r"HKLM\Software\Policies\Microsoft\Office",
    r"HKCU\Software\Policies\Microsoft\Office",
    r"HKCU\Software\Policies\Microsoft\Cloud\Office",
    r"HKCU\Software\Microsoft\Office",
)
SIGNED_ONLY, ALL_OFF = 3, 4  # values of VBAWarnings; 1 is “enable all”, 2 or none “ask”
INSTEAD: Final = "请改用文件夹里的“校验.cmd”“报送单.cmd”和“导出报告.cmd”，或请管理员放开。"


class Switch(NamedTuple):
    """A value of the registry that closes a door: where below a release, its name, what it is set to."""

    folder: str
    name: str
    closed: int


VBA_OFF: Final = (Switch("Common", "VBAOff", 1),)
ADD_INS_OFF: Final = (Switch(r"Excel\Security", "DisableAllAddins", 1),)
SIGNATURE_WANTED: Final = (
    Switch(r"Excel\Security", "RequireAddinSig", 1),
    Switch(r"Common\Security", "RequireAlwaysOnMacroSig", 1),
)
PLACES_OFF: Final = (
    Switch(r"Excel\Security\Trusted Locations", "AllLocationsDisabled", 1),
    Switch(r"Common\Security\Trusted Locations", "Allow User Locations", 0),
)


def values(registry: Registry, folder: str, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every setting of a name with where it stands, policies before the user's own."""
    for root in ROOTS:
        for release in RELEASES:
            key = rf"{root}\{release}\{folder}"
            value = registry(key, name)
            if value is not None:
                yield rf"{key}\{name}", value


def closed_by(registry: Registry, switches: tuple[Switch, ...]) -> str:
    """Return where one of these doors is closed, an empty text when all are open."""
    for switch in switches:
        for where, value in values(registry, switch.folder, switch.name):
            if value == switch.closed:
                return where
    return ""


def obstacles(registry: Registry) -> Iterator[str]:
    """Yield one sentence for each setting that keeps the buttons away, with where it stands and what to do."""
    for switches, what in (
        (VBA_OFF, "本机的 Office 关闭了宏功能（VBA）"),
        (ADD_INS_OFF, "本机的 Excel 不加载任何加载宏"),
        (SIGNATURE_WANTED, "本机的 Excel 只加载有数字签名的加载宏，本加载宏没有签名"),
    ):
        where = closed_by(registry, switches)
        if where:
            yield f"{what}，功能区按钮不会出现（注册表 {where}）。{INSTEAD}"
    where = closed_by(registry, PLACES_OFF)
    if where:
        setting = next((value for _, value in values(registry, r"Excel\Security", "VBAWarnings")), None)
        if setting in (SIGNED_ONLY, ALL_OFF):
            yield f"本机的 Excel 不承认受信任位置，又禁止没有签名的宏，功能区按钮不会出现（注册表 {where}）。{INSTEAD}"
        else:
            yield (
                f"本机的 Excel 不承认受信任位置（注册表 {where}），打开时会问是否启用宏，请点“启用宏”；没有问的，{INSTEAD}"
            )
