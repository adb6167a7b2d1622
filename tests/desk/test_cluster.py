"""The same folder on a dask.distributed cluster: the same entries, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.store import Store
from tests.desk.test_desk import RIGHT, WRONG, of

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.filterwarnings("ignore"),  # what dask and tornado say of sockets and loops when a worker dies
    pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them"),
]


@pytest.fixture(scope="module")
def scheduler():
    """Yield a cluster of two workers on this machine, each a process of its own."""
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    """Yield a folder of 120 filings, one of them damaged."""
    box = tmp_path / "报送"
    box.mkdir()
    for number in range(120):
        filing = of(WRONG if number % 10 == 0 else RIGHT, f"{'白青红黄'[number % 4]}{chr(0x4E00 + number)}乡")
        (box / f"{number}.json").write_text(filing.dumps(), encoding="utf-8")
    (box / "坏.xlsx").write_bytes(b"PK half")
    return box


def test_a_worker_that_dies_in_the_middle_loses_nothing(folder, scheduler, store, monkeypatch):
    """Two workers, one killed after the first results: every entry is there, as one process gives it."""
    from gk_xl.desk.cluster import cluster

    pids = [worker.process.pid for worker in scheduler.workers.values()]
    killed = []

    def kill(at):
        if at.done == 10 and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    monkeypatch.setattr("gk_xl.desk.running.ProcessPoolExecutor", None)  # no process of our own helps
    with cluster(scheduler.scheduler_address) as way:
        found = handed_in([folder], means=Means(Store(store), 2, way, kill)).collection.entries
    assert killed
    assert found == handed_in([folder], means=Means(workers=1)).collection.entries


def test_the_command_and_a_scheduler_that_does_not_answer(folder, scheduler, tmp_path, capsys, monkeypatch):
    """desk tables over the cluster; a wrong address is one Chinese sentence."""
    pytest.importorskip("pyarrow")
    address = scheduler.scheduler_address
    assert main(["desk", "tables", str(folder), "-o", str(tmp_path / "表"), "--scheduler", address]) == 2
    assert "121 份，读不了 1，未通过 12" in capsys.readouterr().out
    monkeypatch.setattr("gk_xl.desk.cluster.TIMEOUT", 1.0)
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "x.xlsx"), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    said = capsys.readouterr().err
    assert "连不上集群" in said
    assert "Traceback" not in said
