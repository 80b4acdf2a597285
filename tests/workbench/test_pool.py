"""Places, queue, deadlines and ends: one visitor costs another nothing."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.workbench.honest import HONEST
from tests.workbench.hostile import BOMBS, REFUSED
from workbench.answers import Answer, Busy, Failed, OutOfMemory, Result, Stopped, TimedOut
from workbench.limits import limits
from workbench.pool import Pool, Ticket

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range + b.range) % 7 = 3"
SIMPLE = "SELECT iso3, count(*) AS n FROM project GROUP BY iso3 ORDER BY iso3"
LONG = 60

Opens = Callable[..., Pool]


@pytest.fixture
def opens(warehouse_file: Path) -> Iterator[Opens]:
    pools: list[Pool] = []

    def opened(published: Callable[[], Path] = lambda: warehouse_file, **given: int) -> Pool:
        pools.append(Pool(limits(**{"seconds": LONG, "memory_megabytes": 128, **given}), published))
        return pools[-1]

    yield opened
    for pool in pools:
        pool.close()


def until(condition: Callable[[], bool]) -> None:
    """Looks again and again, without sleeping, for up to ten seconds."""
    pause = threading.Event()
    for _ in range(2_000):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("never came true")


def begun(ticket: Ticket) -> bool:
    return ticket.begun_at is not None


def workers() -> list[int]:
    mine = os.getpid()
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text(encoding="utf-8", errors="replace")
            command = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(text.rpartition(")")[2].split()[1]) == mine and b"workbench.worker" in command:
            found.append(int(status.parent.name))
    return found


def test_no_more_run_at_once_than_allowed_and_the_rest_wait_their_turn(opens: Opens) -> None:
    pool = opens(simultaneous=2, seconds_when_others_wait=LONG)
    first = [pool.submit(ENDLESS, {}, f"early {i}") for i in range(2)]
    until(lambda: all(begun(x) for x in first))
    waiting = [pool.submit(SIMPLE, {}, f"late {i}") for i in range(3)]
    assert [pool.before(x) for x in waiting] == [0, 1, 2]
    assert not any(begun(x) for x in waiting)
    assert pool.before(first[0]) is None
    assert pool.stop("early 0") == 1
    assert all(isinstance(x.wait(10), Result) for x in waiting)
    assert pool.before(waiting[0]) is None


def test_visitors_take_turns(opens: Opens) -> None:
    pool = opens(simultaneous=1, seconds_when_others_wait=LONG)
    blocking = pool.submit(ENDLESS, {}, "blocking")
    until(lambda: begun(blocking))
    many = [pool.submit(SIMPLE, {}, "many") for _ in range(3)]
    one = pool.submit(SIMPLE, {}, "one")
    assert [pool.before(x) for x in (many[0], one, many[1], many[2])] == [0, 1, 2, 3]
    pool.stop("blocking")
    for ticket in (*many, one):
        assert isinstance(ticket.wait(10), Result)
    order = sorted([*many, one], key=lambda x: x.begun_at or 0)
    assert order == [many[0], one, many[1], many[2]]


def test_one_visitor_runs_one_query_at_a_time(opens: Opens) -> None:
    pool = opens(simultaneous=2, seconds_when_others_wait=LONG)
    endless = [pool.submit(ENDLESS, {}, "greedy") for _ in range(2)]
    until(lambda: begun(endless[0]))
    assert isinstance(pool.run(SIMPLE, {}, "modest"), Result)
    assert not begun(endless[1])
    assert pool.stop("greedy") == 2
    assert all(isinstance(x.wait(10), Stopped) for x in endless)


def test_the_queue_is_full_at_its_limit_and_not_before(opens: Opens) -> None:
    pool = opens(simultaneous=1, queue=3, queue_of_one_visitor=2, seconds_when_others_wait=LONG)
    blocking = pool.submit(ENDLESS, {}, "blocking")
    until(lambda: begun(blocking))
    own = [pool.submit(SIMPLE, {}, "own") for _ in range(3)]
    assert [x.is_done() for x in own] == [False, False, True]
    assert isinstance(own[2].answer, Busy)
    assert (own[2].answer.code, own[2].answer.waiting) == ("own_queue_full", 2)
    third = pool.submit(SIMPLE, {}, "third")
    assert not third.is_done()
    full = pool.submit(SIMPLE, {}, "fourth").answer
    assert isinstance(full, Busy)
    assert (full.code, full.waiting) == ("queue_full", 3)
    assert "3" in full.message.en
    assert "3" in full.message.ja


def test_who_waits_too_long_is_turned_away(opens: Opens) -> None:
    pool = opens(simultaneous=1, queue_seconds=1, seconds_when_others_wait=LONG)
    blocking = pool.submit(ENDLESS, {}, "blocking")
    until(lambda: begun(blocking))
    answer = pool.run(SIMPLE, {}, "patient")
    assert isinstance(answer, Busy)
    assert answer.code == "waited_too_long"
    assert not blocking.is_done()


def test_a_query_ends_at_its_deadline(opens: Opens) -> None:
    pool = opens(simultaneous=1, seconds=1)
    answer = pool.run(ENDLESS, {}, "somebody")
    assert isinstance(answer, TimedOut)
    assert answer.code == "time"
    assert isinstance(pool.run(SIMPLE, {}, "somebody"), Result)


def test_the_longest_is_ended_when_all_places_are_taken_and_others_wait(opens: Opens) -> None:
    pool = opens(simultaneous=2, seconds_when_others_wait=1)
    first = pool.submit(ENDLESS, {}, "first")
    until(lambda: begun(first))
    second = pool.submit(ENDLESS, {}, "second")
    until(lambda: begun(second))
    assert isinstance(pool.run(SIMPLE, {}, "third"), Result)
    ended = first.wait(10)
    assert isinstance(ended, TimedOut)
    assert ended.code == "others_waited"
    assert not second.is_done()


def test_nobody_is_ended_while_a_place_is_free(opens: Opens) -> None:
    pool = opens(simultaneous=2, seconds_when_others_wait=1)
    first = pool.submit(ENDLESS, {}, "first")
    until(lambda: begun(first) and time.monotonic() - (first.begun_at or 0) > 1.2)
    for _ in range(20):
        assert isinstance(pool.run(SIMPLE, {}, "second"), Result)
    assert not first.is_done()


def test_who_used_more_waits_for_those_who_used_less(opens: Opens) -> None:
    pool = opens(simultaneous=1, seconds=1)
    assert isinstance(pool.run(ENDLESS, {}, "hostile"), TimedOut)
    blocking = pool.submit(ENDLESS, {}, "blocking")
    until(lambda: begun(blocking))
    again = pool.submit(SIMPLE, {}, "hostile")
    honest = pool.submit(SIMPLE, {}, "honest")
    assert (pool.before(honest), pool.before(again)) == (0, 1)
    assert isinstance(again.wait(10), Result)
    assert (honest.begun_at or 0) < (again.begun_at or 0)


def test_stop_ends_a_running_and_a_waiting_query_at_once(opens: Opens) -> None:
    pool = opens(simultaneous=1, seconds_when_others_wait=LONG)
    running = pool.submit(ENDLESS, {}, "a")
    until(lambda: begun(running))
    waiting = pool.submit(SIMPLE, {}, "b")
    other = pool.submit(SIMPLE, {}, "c")
    assert pool.stop("b") == 1
    assert isinstance(waiting.answer, Stopped)
    assert pool.stop("a") == 1
    assert isinstance(running.wait(10), Stopped)
    assert isinstance(other.wait(10), Result)
    assert pool.stop("a") == 0


def test_a_worker_that_cannot_be_interrupted_is_killed(opens: Opens) -> None:
    pool = opens(simultaneous=1)
    one_call = pool.submit("SELECT levenshtein(repeat('a', 190000), repeat('b', 190000))", {}, "a")
    until(lambda: begun(one_call))
    assert pool.stop("a") == 1
    assert isinstance(pool.submit(SIMPLE, {}, "b").wait(10), Result)


def test_a_worker_that_is_killed_costs_its_author_an_error_and_is_replaced(opens: Opens) -> None:
    of_others = set(workers())
    pool = opens(simultaneous=1)
    assert isinstance(pool.run(SIMPLE, {}, "a"), Result)
    running = pool.submit(ENDLESS, {}, "a")
    until(lambda: begun(running))

    def killed() -> bool:
        # One that was killed before it took the statement is replaced in silence.
        for pid in set(workers()) - of_others:
            os.kill(pid, signal.SIGSEGV)
        return running.is_done()

    until(killed)
    assert isinstance(running.answer, Failed)
    assert running.answer.code == "crashed"
    assert isinstance(pool.run(SIMPLE, {}, "b"), Result)


def test_a_worker_that_dies_idle_is_replaced(opens: Opens) -> None:
    of_others = set(workers())
    pool = opens(simultaneous=2)
    assert isinstance(pool.run(SIMPLE, {}, "a"), Result)
    for pid in set(workers()) - of_others:
        os.kill(pid, signal.SIGKILL)
    for _ in range(4):
        assert isinstance(pool.run(SIMPLE, {}, "a"), Result)


def test_a_new_file_is_read_by_the_next_query(opens: Opens, warehouse_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "current.duckdb"
    link.symlink_to(warehouse_file)
    newer = tmp_path / "newer.duckdb"
    shutil.copy(warehouse_file, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE record.build SET data_version = 'newer'")
    pool = opens(lambda: link.resolve(strict=True), simultaneous=2)
    version = "SELECT data_version FROM record.build"
    first = pool.run(version, {}, "a")
    assert isinstance(first, Result)
    (tmp_path / "next").symlink_to(newer)
    (tmp_path / "next").replace(link)
    for _ in range(4):
        second = pool.run(version, {}, "a")
        assert isinstance(second, Result)
        assert second.table.to_pylist() == [{"data_version": "newer"}]
        assert second.data_version == "newer" != first.data_version


def test_without_a_file_the_reader_is_told(opens: Opens, tmp_path: Path, warehouse_file: Path) -> None:
    missing = tmp_path / "current.duckdb"
    pool = opens(lambda: missing.resolve(strict=True), simultaneous=1)
    answer = pool.run(SIMPLE, {}, "a")
    assert isinstance(answer, Failed)
    assert answer.code == "unavailable"
    missing.symlink_to(warehouse_file)
    until(lambda: isinstance(pool.run(SIMPLE, {}, "a"), Result))


def test_queries_share_nothing(opens: Opens) -> None:
    pool = opens(simultaneous=1)
    for sql in ("SET VARIABLE x = 1", "CREATE TEMP TABLE x AS SELECT 1", "PREPARE x AS SELECT 1"):
        assert not isinstance(pool.run(sql, {}, "a"), Result)
    assert isinstance(pool.run("PIVOT project ON stage USING count(*)", {}, "a"), Result)
    for sql in ("SELECT getvariable('x')", "FROM x", "EXECUTE x"):
        assert not isinstance(pool.run(sql, {}, "b"), Result)


def test_close_ends_every_process_and_answers_everybody(opens: Opens) -> None:
    before = set(workers())
    pool = opens(simultaneous=2, seconds_when_others_wait=LONG)
    tickets = [pool.submit(ENDLESS, {}, f"v{i}") for i in range(4)]
    until(lambda: sum(begun(x) for x in tickets) == 2)
    pool.close()
    assert all(isinstance(x.wait(5), Busy) for x in tickets)
    assert set(workers()) <= before
    late = pool.run(SIMPLE, {}, "late")
    assert isinstance(late, Busy)
    assert late.code == "closing"


def test_an_unknown_kind_is_an_error_of_the_caller(opens: Opens) -> None:
    with pytest.raises(ValueError, match="full"):
        opens(simultaneous=1).run(SIMPLE, {}, "a", "everything")


def test_twenty_visitors_with_hostile_ones_among_them(opens: Opens) -> None:
    pool = opens(simultaneous=4, seconds=10, seconds_when_others_wait=3, queue_seconds=60)
    honest = [x for family in ("plain", "groups", "windows", "with", "pivots") for x in HONEST[family]]
    hostile = [*BOMBS["processor"], *BOMBS["memory"][:6], *REFUSED["environment, settings and paths"]]
    ends = threading.Event()

    def analyses(number: int) -> list[tuple[str, Answer]]:
        mine = [honest[(number * 7 + step) % len(honest)] for step in range(8)]
        return [(sql, pool.run(sql, {}, f"honest {number}")) for sql in mine]

    def attacks(number: int) -> None:
        step = number
        while not ends.is_set():
            pool.run(hostile[step % len(hostile)], {}, f"hostile {number}")
            step += 1

    with ThreadPoolExecutor(20) as threads:
        attackers = [threads.submit(attacks, i) for i in range(6)]
        answers = [x for each in threads.map(analyses, range(14)) for x in each]
        ends.set()
        for number in range(6):
            pool.stop(f"hostile {number}")
        for attacker in attackers:
            attacker.result()
    assert not [(sql, answer) for sql, answer in answers if not isinstance(answer, Result)]


def test_memory_that_runs_out_is_said(opens: Opens) -> None:
    answer = opens(simultaneous=1).run("SELECT array_agg(range) FROM range(1000000000)", {}, "a")
    assert isinstance(answer, OutOfMemory)
    assert "128" in answer.message.en
