"""Packs made in the process of their own: the same bytes, kept, and a process that ends is replaced."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

from exports.briefing import making
from exports.briefing.making import PackFailed, Worker, names_of, start
from exports.briefing.request import request_of
from exports.briefing.worker import PRIORITY
from exports.briefing.writing import NewerData, write, write_there
from queries.warehouse import Warehouse


@pytest.fixture(autouse=True)
def _own_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    worker = Worker()
    monkeypatch.setattr(making, "_worker", worker)
    making._kept.clear()
    yield
    worker.close()


def test_a_pack_from_the_worker_is_the_pack_made_here(warehouse: Warehouse) -> None:
    request = request_of(warehouse, audience="country", subject="PLW", lang="ja")
    pack = start(warehouse, request, ("page", "html"))
    assert not pack.is_done()
    assert pack.take(120) == "page"
    assert 0 < pack.share() < 1
    assert pack.take(120) == "html"
    assert pack.is_done()
    assert pack.files["html"] == write(warehouse, request, "html")
    assert pack.files["page"] == write(warehouse, request, "page")
    again = start(warehouse, request, ("page", "html"))
    assert again.is_done()
    assert list(names_of(again.files, request, "v")) == [
        f"jcm_briefing_country-plw_ja_{warehouse.data_as_of}_v_page.pdf",
        f"jcm_briefing_country-plw_ja_{warehouse.data_as_of}_v.html",
    ]


def test_what_fails_is_told_and_the_next_pack_works(warehouse: Warehouse) -> None:
    request = request_of(warehouse, audience="country", subject="PLW", lang="en")
    with pytest.raises(PackFailed, match="unknown_format"):
        start(warehouse, request, ("unknown_format",)).take(120)
    pack = start(warehouse, request, ("html",))
    assert pack.take(120) == "html"
    process = making._worker.process
    assert process is not None
    assert os.getpriority(os.PRIO_PROCESS, process.pid) >= PRIORITY
    os.kill(process.pid, signal.SIGKILL)
    with suppress(PackFailed):  # where the question reached the process before it ended
        start(warehouse, request, ("xlsx",)).take(120)
    again = start(warehouse, request, ("xlsx", "html"))
    while not again.is_done():
        again.take(120)
    assert set(again.files) == {"xlsx", "html"}


def test_what_is_given_up_does_not_keep_the_next_waiting(warehouse: Warehouse) -> None:
    request = request_of(warehouse, audience="country", subject="PLW", lang="en")
    first = start(warehouse, request, ("html", "pptx", "pdf"))
    first.give_up()
    wanted = start(warehouse, request, ("xlsx",))
    assert wanted.take(120) == "xlsx"
    given_up = [future.cancelled() for future in first.waiting.values()]
    assert given_up.count(True) >= len(given_up) - 1  # the first may have been begun


def test_newer_data_are_not_mixed_into_a_pack(warehouse: Warehouse) -> None:
    request = request_of(warehouse, audience="country", subject="PLW", lang="en")
    with pytest.raises(NewerData, match="Newer data"):
        write_there(str(warehouse.path.parent), "another", request, "html")


def test_the_pages_process_does_not_load_what_writes_the_files() -> None:
    told = "import sys, exports.briefing.making, exports.briefing.request, view.briefing.page; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"matplotlib", "typst", "pptx", "fontTools"}.isdisjoint(loaded)
