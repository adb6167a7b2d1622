"""Starting LibreOffice, reaching it over UNO, and ending it. Standard library and LibreOffice's own ``uno`` only.

``uno`` is no package of any registry: it comes with LibreOffice, built for one Python. Inside LibreOffice it is simply
there. From outside, an interpreter of the same minor version (a virtual environment made from the system's Python)
borrows ``uno.py`` from the system's packages: only these modules, so that nothing else of the system gets in the way.
Any other interpreter gets one sentence that says so.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gk_xl.engines.core.errors import EngineError, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
PACKAGES = (Path("/usr/lib/python3/dist-packages"), Path("/usr/lib64/python3/site-packages"))
PROGRAMS = (
    Path("/usr/lib/libreoffice/program"),
    Path("/usr/lib64/libreoffice/program"),
    Path("/opt/libreoffice/program"),
)
START, STOP = 60.0, 5.0  # seconds


def load_uno() -> Any:
    """Return the module ``uno``; EngineError when this interpreter cannot have it."""
    with contextlib.suppress(ImportError):
        return importlib.import_module("uno")
    for folder in (*PACKAGES, *PROGRAMS):
        if not (folder / "uno.py").is_file():
            continue
        more = [str(path) for path in (folder, *PROGRAMS) if path.is_dir()]
        sys.path.extend(more)
        try:
            module = importlib.import_module("uno")
            importlib.import_module("unohelper")
        except (ImportError, SystemError):
            sys.modules.pop("uno", None)
        else:
            return module
        finally:
            for path in more:
                sys.path.remove(path)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise EngineError(Refusal.NO_BRIDGE, version=version)


def find_soffice() -> Path:
    """Return the program soffice; EngineError when LibreOffice is not installed."""
    found = shutil.which("soffice") or next((str(p / "soffice") for p in PROGRAMS if (p / "soffice").is_file()), None)
    if found is None:
        raise EngineError(Refusal.NO_OFFICE)
    return Path(found)


def context_at(address: str) -> Any:
    """Return the component context of the office that listens there, ``pipe,name=…`` or ``socket,host=…,port=…``.

    EngineError when none answers.
    """
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
    except Exception as error:  # UNO's exceptions share no importable base before the bridge stands
        raise EngineError(Refusal.NO_ANSWER) from error


class Office:
    """A LibreOffice process of our own with a profile of its own; ``stop()`` leaves nothing behind.

    It listens on a pipe of this user; one that runs as another user (``prefix``) is reached by a socket (``address``).
    """

    def __init__(
        self,
        *,
        visible: bool = False,
        profile: Path | None = None,
        address: str = "",
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.visible = visible
        self.address = address or f"pipe,name=gk_xl_{uuid.uuid4().hex}"
        self.own_profile = profile is None
        self.profile = profile or Path(tempfile.mkdtemp(prefix="gk_xl_office_"))
        options = ["--norestore", "--nologo", "--nofirststartwizard", "--nodefault"]
        if not visible:
            options += ["--headless", "--invisible"]
        command = [
            *prefix,
            str(find_soffice()),
            f"-env:UserInstallation={self.profile.as_uri()}",
            *options,
            f"--accept={self.address};urp;",
        ]
        self.process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**(os.environ if environment is None else environment)},
            start_new_session=True,
        )

    def connect(self) -> Any:
        """Return the component context once the office answers; EngineError after a minute."""
        end = time.monotonic() + START
        while True:
            try:
                return context_at(self.address)
            except EngineError:
                if time.monotonic() > end or self.process.poll() not in (None, 81):
                    self.stop()
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        """End the process with all it started, and remove its profile when it was made for it."""
        if self.process.poll() is None:
            self.ask_to_end()
            for signal in (15, 9):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(STOP)
                    break
                self.end_group(signal)
        self.end_group(9)
        self.process.wait(STOP)
        if self.own_profile:
            shutil.rmtree(self.profile, ignore_errors=True)

    def ask_to_end(self) -> None:
        """Ask the office to end by itself, so that it removes what it left in the temporary folder."""
        with contextlib.suppress(Exception):  # it ends under our hands, and a dialog may keep it from ending
            desktop = desktop_of(context_at(self.address))
            components = desktop.getComponents().createEnumeration()
            while components.hasMoreElements():
                components.nextElement().close(True)
            desktop.terminate()

    def end_group(self, signal: int) -> None:
        """Send a signal to every process that the office started, in its own session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal)


def desktop_of(context: Any) -> Any:
    """Return the application's desktop, where documents are opened and listed."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def properties(**values: Any) -> tuple[Any, ...]:
    """Return named values as UNO property values."""
    uno = load_uno()
    made = []
    for name, value in values.items():
        item = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        item.Name, item.Value = name, value
        made.append(item)
    return tuple(made)


def open_document(desktop: Any, path: Path, **options: Any) -> Any:
    """Return the document in ``path``; EngineError when the office does not open it, or only to read."""
    document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, properties(**options))
    if document is None:
        raise EngineError(Refusal.NOT_OPENED, path=str(path))
    return document


def remove_lock(path: Path) -> None:
    """Remove the lock file that a killed office leaves beside a document; it would keep the next from opening it."""
    path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)


def is_uno_error(error: Exception) -> bool:
    """Return whether an exception came from the office."""
    return type(error).__module__.startswith("uno.com.sun.star") or type(error).__name__.startswith("com.sun.star")


def _wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except Exception as error:
            if not is_uno_error(error):
                raise
            kind = type(error).__name__.rpartition(".")[2]
            why = str(getattr(error, "Message", "") or "").strip() or kind
        if kind in ("NoSuchElementException", "IndexOutOfBoundsException"):
            raise KeyError(why)
        raise EngineError(Refusal.REFUSED, why=why)

    return call


def in_words(cls: type[T]) -> type[T]:
    """Return the class with every method and property turning the office's exceptions into a EngineError.

    They must not travel on: Python cannot pass them through the ``with`` block of a generator, and they say nothing
    to a clerk. Unknown names become KeyError, as xlwings' collections promise.
    """
    for name, member in list(vars(cls).items()):
        if isinstance(member, property):
            getter, setter = member.fget and _wrapped(member.fget), member.fset and _wrapped(member.fset)
            setattr(cls, name, property(getter, setter, doc=member.__doc__))
        elif isinstance(member, staticmethod):
            setattr(cls, name, staticmethod(_wrapped(member.__func__)))
        elif callable(member) and not isinstance(member, type):
            setattr(cls, name, _wrapped(member))
    return cls
