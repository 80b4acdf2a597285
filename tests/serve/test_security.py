"""Headers over HTTP, and who may open a session."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.apart import run_apart
from tests.running_server import RunningServer
from tests.serve.conftest import SMALL_APP, fetch
from tests.streamlit_session import StreamlitSession
from view.header import LANGUAGE_SCRIPTS


def rules(policy: str) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_the_policy_names_the_inline_scripts_of_the_page_sent_and_no_other_host(
    server: RunningServer,
) -> None:
    page = fetch(server, "/countries?lang=ja")
    policy = page.headers["Content-Security-Policy"]
    inline = re.findall(r"<script>(.*?)</script>", page.body.decode(), re.DOTALL)
    assert inline
    inline += [re.sub("</?script>", "", script) for script in LANGUAGE_SCRIPTS.values()]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert rules(policy)["script-src"].split() == [
        "'self'",
        "blob:",
        "'wasm-unsafe-eval'",
        *(f"'sha256-{value}'" for value in hashes),
    ]
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("target", ["/", "/health", "/_stcore/health", "/favicon.png", "/countries"])
def test_every_answer_carries_the_headers(server: RunningServer, target: str) -> None:
    headers = fetch(server, target).headers
    assert rules(headers["Content-Security-Policy"])["default-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] is None


def test_a_figure_alone_may_be_framed_and_a_page_may_not(server: RunningServer) -> None:
    page = fetch(server, "/?figure=gap").headers
    assert rules(page["Content-Security-Policy"])["frame-ancestors"] == "'self'"
    figure = fetch(server, "/?figure=gap&embed=true").headers
    assert rules(figure["Content-Security-Policy"])["frame-ancestors"] == "*"
    assert figure["X-Frame-Options"] is None
    for other in ("/?embed=false", "/?embed=trues", "/?xembed=true"):
        assert fetch(server, other).headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_sites_that_may_hold_a_figure_can_be_named() -> None:
    environment = {"JCM_EMBED_ANCESTORS": "'self' https://example.org"}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:
        policy = fetch(running, "/?embed=true").headers["Content-Security-Policy"]
    assert rules(policy)["frame-ancestors"] == "'self' https://example.org"


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        ("http://127.0.0.1:{port}", True),
        ("https://127.0.0.1:{port}", True),
        ("http://127.0.0.1:9", False),
        ("http://localhost:{port}", False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
def test_only_our_own_pages_open_a_session(server: RunningServer, origin: str, *, is_let_in: bool) -> None:
    async def messages() -> int:
        async with StreamlitSession(server.address, origin=origin.format(port=server.port)) as session:
            return len((await session.run()).messages)

    if is_let_in:
        assert run_apart(messages()) > 0
    else:
        with pytest.raises(InvalidStatus, match="403"):
            run_apart(messages())


def test_an_origin_that_is_named_opens_a_session_by_another_host_and_nothing_outside_is_asked(
    tmp_path: Path,
) -> None:
    outer = "https://jcm.example"
    settings = tmp_path / ".streamlit" / "config.toml"  # where Streamlit looks for settings of this user
    settings.parent.mkdir()
    settings.write_text(f'[server]\ncorsAllowedOrigins = ["{outer}"]\n', encoding="utf-8")
    environment = {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        # Streamlit would ask an address outside for this machine's own; nobody answers here.
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }

    async def messages(address: str, origin: str) -> int:
        async with StreamlitSession(address, origin=origin) as session:
            return len((await session.run()).messages)

    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:
        assert run_apart(messages(running.address, outer)) > 0
        with pytest.raises(InvalidStatus, match="403"):
            run_apart(messages(running.address, "https://evil.example"))
        assert "external IP" not in running.output
        assert running.prints("the page is at 'https://evil.example'")
