"""A dask.distributed cluster in place of processes on this machine: the same function, the same results."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from gk_xl.desk.examining import examine
from gk_xl.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gk_xl.desk.context import Context
    from gk_xl.desk.examining import Send


TIMEOUT: Final = 15.0
"""Seconds that a scheduler has to answer."""


@contextmanager
def cluster(address: str) -> Iterator[Callable[[Context], Send]]:
    """Yield how files are sent to the workers of a scheduler (``tcp://host:8786``); HostError when it does not answer.

    A file's content travels with it, so that workers need not see the folder; each needs this version of gk_xl.
    A task whose worker dies is given to another by the scheduler.
    """
    try:
        from distributed import Client
    except ImportError:
        raise HostError("用集群要先装 gk_xl 的附加部分 cluster（dask）；在本机处理就不写调度地址。") from None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise HostError(f"连不上集群“{address}”。请核对地址，如 tcp://主机:8786；在本机处理就不写调度地址。") from None
    try:
        executor = client.get_executor(retries=3)

        def begin(context: Context) -> Send:
            shared = client.scatter(context, broadcast=True, hash=False)
            return lambda tasks: executor.submit(examine, tasks, shared)

        yield begin
    finally:
        client.close()
