"""What a hostile visitor may try: refused or bounded with a message, and the next honest query works."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.hostile import BOMBS, REFUSED
from workbench.answers import Failed, OutOfMemory, Refused, Result, TimedOut
from workbench.pool import Pool

HONEST = "SELECT iso3 FROM partner_country WHERE iso3 = 'MNG'"
STOLEN = Path("/tmp/jcm-stolen")  # noqa: S108
SLIPS = {"syntax", "unknown_table", "unknown_function"}

refused = [pytest.param(x, id=f"{f}-{i}") for f, all_of in REFUSED.items() for i, x in enumerate(all_of)]
bombs = [pytest.param(x, id=f"{f}-{i}") for f, all_of in BOMBS.items() for i, x in enumerate(all_of)]


def works(pool: Pool) -> None:
    answer = pool.run(HONEST, {}, "an honest visitor")
    assert isinstance(answer, Result)
    assert answer.table.to_pylist() == [{"iso3": "MNG"}]


@pytest.fixture(scope="module", autouse=True)
def file_stays_as_it_is(warehouse_file: Path) -> Iterator[None]:
    before = hashlib.sha256(warehouse_file.read_bytes()).hexdigest()
    yield
    assert hashlib.sha256(warehouse_file.read_bytes()).hexdigest() == before
    assert not list(STOLEN.parent.glob(STOLEN.name + "*"))
    assert not warehouse_file.with_name(warehouse_file.name + ".wal").exists()


def test_there_are_enough_of_them() -> None:
    assert len(refused) + len(bombs) >= 200


@pytest.mark.parametrize("sql", refused)
def test_a_hostile_statement_is_not_run(pool: Pool, warehouse_file: Path, sql: str) -> None:
    answer = pool.run(sql.replace("{path}", str(warehouse_file)), {}, "somebody")
    assert isinstance(answer, Refused | Failed)
    if isinstance(answer, Failed):
        assert answer.code in SLIPS, answer
    assert answer.message.en
    assert answer.message.ja
    assert (
        str(warehouse_file.parent) not in answer.message.en.replace(sql, "") + answer.words or "{path}" in sql
    )
    works(pool)


@pytest.mark.parametrize("sql", bombs)
def test_a_bomb_costs_its_author_an_error_or_is_cut_off(pool: Pool, sql: str) -> None:
    answer = pool.run(sql, {}, "somebody")
    if isinstance(answer, Result):
        assert answer.rows_shown <= pool.limits.rows_shown
        assert answer.size_bytes <= pool.limits.result_megabytes * 1_100_000
    else:
        assert isinstance(answer, TimedOut | OutOfMemory | Refused | Failed), answer
        assert answer.code != "crashed", answer
        assert answer.message.ja
    works(pool)


def resident_kilobytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_024


def test_the_app_does_not_grow(pool: Pool) -> None:
    cheap = [x for family in REFUSED.values() for x in family]
    for sql in cheap[:60]:
        pool.run(sql, {}, "somebody")
    before = resident_kilobytes()
    for number in range(500):
        pool.run(cheap[number % len(cheap)], {}, f"visitor {number}")
    works(pool)
    assert resident_kilobytes() - before < 4_000
