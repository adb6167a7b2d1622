"""Where the command line begins: from the first import on, Ctrl+C ends in one sentence."""

from __future__ import annotations

import os
import signal

SAID = "\ngk-xl：已中断，没有写入任何文件。\n"


def _stop(_number: int, _frame: object) -> None:
    """End at once, before anything could have begun."""
    os.write(2, SAID.encode())
    os._exit(2)


signal.signal(signal.SIGINT, _stop)

import atexit  # noqa: E402 - what takes time is loaded when Ctrl+C is answered
import gc  # noqa: E402
import sys  # noqa: E402

_CODE: list[int] = []
_FIRST = not atexit._ncallbacks()  # noqa: SLF001 - whoever watches this process from its beginning on wants its end, too


@atexit.register
def _leave() -> None:
    """End at once when all else is done that was asked for at the end: to take apart what was made is a fifteenth of a cold check."""
    if not (_FIRST and _CODE):
        return
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # for Python to tell
        return
    os._exit(_CODE[0])


gc.set_threshold(200_000)
"""A command makes far more than it lets go: looking for garbage every 700 objects is a tenth of a cold check."""

from gk_xl.form import recorded  # noqa: E402 - before the first record is made

recorded.keep()

from gk_xl.cli.main import main  # noqa: E402 - imported only now, so that Ctrl+C is answered while it is


def run() -> int:
    """Run the command that was typed and return its exit code, with which the process is to end."""
    try:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            code = main()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            gc.freeze()  # the process ends: to look through all that it made once more would be a fifth of a cold check
    except KeyboardInterrupt:  # between two lines that await it
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.write(2, SAID.encode())
        code = 2
    _CODE[:] = [code]
    return code


if __name__ == "__main__":
    sys.exit(run())
