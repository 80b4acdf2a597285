import socket

import pytest

from serve.listening import NoFreePort, address, has_screen, listen


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] <= taken + 50


def test_when_no_port_is_free_it_says_how_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serve.listening.PORTS_TRIED", 0)
    with listen("127.0.0.1", 0) as first, pytest.raises(NoFreePort, match="--port"):
        listen("127.0.0.1", first.getsockname()[1])


def test_a_host_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(OSError, match="assign"):
        listen("203.0.113.1", 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),  # noqa: S104
        ("::1", "http://[::1]:8501"),
        ("tracker.example", "http://tracker.example:8501"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host: str, shown: str) -> None:
    assert address(host, 8501) == shown


@pytest.mark.parametrize(
    ("environment", "platform", "is_seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({"DISPLAY": ":0", "CI": "false"}, "linux", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "1.2.3.4"}, "darwin", False),
        ({"CI": "1"}, "win32", False),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sees_it(
    environment: dict[str, str], platform: str, is_seen: bool
) -> None:
    assert has_screen(environment, platform) is is_seen


def test_the_socket_listens_at_once() -> None:
    with listen("127.0.0.1", 0) as listening:
        client = socket.create_connection(listening.getsockname(), timeout=2)
        assert client.getpeername() == listening.getsockname()
        client.close()
