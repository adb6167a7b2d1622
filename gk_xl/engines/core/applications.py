"""What applications have in common: how they are found while they run, and that a copied range waits in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.awaited import complete

if TYPE_CHECKING:
    from collections.abc import Iterator


def register(engine: Any, package: str) -> Any:
    """Add an engine, whose classes a package holds, to xlwings, make it the active one, and return it."""
    import xlwings

    complete(package)
    if engine.name not in [known.name for known in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=engine))
    found = xlwings.engines[engine.name]
    found.activate()
    return found


class RunningApps:
    """The applications that run, the newest first; each engine has a list of its own."""

    running: list[Any] = []  # noqa: RUF012 - shared on purpose, by each engine's class

    def keys(self) -> list[int]:
        """Return the process ids."""
        return [app.pid for app in self.running]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> Any:
        for app in self.running:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    @classmethod
    def cleanup(cls) -> None:
        """End what was started here."""
        for app in list(cls.running):
            app.quit()


class CopyingApp:
    """An application in which a range that was copied waits to be pasted."""

    copied: Any = None

    @property
    def cut_copy_mode(self) -> str | None:
        """``copy`` while a range waits; None otherwise."""
        return None if self.copied is None else "copy"

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        if not value:
            self.copied = None
