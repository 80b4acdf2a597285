"""The door that the pages use: one pool for the app, on the warehouse that is published."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import door
from workbench.answers import Result, place_in
from workbench.messages import MESSAGES, REASONS, Message, near_names, say


@pytest.fixture
def opened(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    monkeypatch.setenv("JCM_SQL_SIMULTANEOUS", "1")
    door.close()
    yield
    door.close()


@pytest.mark.usefixtures("opened")
def test_the_door_runs_starts_and_stops() -> None:
    door.warm()
    answer = door.run("SELECT iso3 FROM partner_country WHERE iso3 = 'MNG'", {}, "a")
    assert isinstance(answer, Result)
    assert answer.table.to_pylist() == [{"iso3": "MNG"}]
    assert door.limits_in_force().simultaneous == 1
    ticket = door.start("SELECT $x AS x", {"x": 1}, "a", "full")
    ended = ticket.wait(10)
    assert isinstance(ended, Result)
    assert ended.table.to_pylist() == [{"x": 1}]
    assert door.before(ticket) is None
    assert door.stop("a") == 0


@pytest.mark.usefixtures("opened")
def test_a_closed_door_answers_who_waited_and_opens_again() -> None:
    endless = door.start("SELECT count(*) FROM range(10000000) a, range(10000000) b", {}, "a")
    waiting = door.start("SELECT 1", {}, "b")
    door.close()
    assert [getattr(x.wait(0), "code", None) for x in (endless, waiting)] == ["closing", "closing"]
    assert isinstance(door.run("SELECT 1", {}, "a"), Result)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    message = MESSAGES[code]
    assert places(message.en) == places(message.ja)
    assert message.en.endswith((".", "}"))
    assert message.ja.endswith(("。", "}"))


def test_a_message_takes_its_values_in_the_language_of_the_reader() -> None:
    message = say("function", found="getenv", reason=REASONS["settings"])
    assert REASONS["settings"].en in message.en
    assert REASONS["settings"].ja in message.ja
    assert near_names([]) == Message("", "")
    assert near_names(["a", "b", "c"]).en == "Did you mean a, b or c? "


@pytest.mark.parametrize(
    ("sql", "position", "length", "expected"),
    [
        ("SELECT x", 7, 1, (1, 8, "SELECT x", 1)),
        ("SELECT\r\n  x\r\n", 10, 1, (2, 3, "  x", 1)),
        ("'太陽光', x", 13, 1, (1, 8, "'太陽光', x", 1)),
        ("a\nb", 3, 0, (2, 2, "b", 1)),
        ("abc\ndef", 1, 6, (1, 2, "abc", 2)),
    ],
)
def test_a_place_is_a_line_and_a_column(
    sql: str, position: int, length: int, expected: tuple[int, int, str, int]
) -> None:
    place = place_in(sql, position, length)
    assert place is not None
    assert (place.line, place.column, place.text, place.length) == expected


@pytest.mark.parametrize("position", [None, -1, 9])
def test_a_place_that_is_not_known_is_none(position: int | None) -> None:
    assert place_in("SELECT 1", position, 1) is None
