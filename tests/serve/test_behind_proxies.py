"""The tracker behind the proxies that docs/proxies sets up: the real programs, on this machine."""

import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.apart import run_apart
from tests.proxies import caddy, documented, free_port, nginx, site
from tests.running_server import RunningServer
from tests.serve.conftest import SMALL_APP
from tests.streamlit_session import StreamlitSession

HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")


@pytest.fixture(scope="module")
def behind(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The small app below /jcm, which believes proxies on this machine; a client has four requests of the API."""
    environment = {
        "JCM_WAREHOUSE_DIR": str(warehouse_dir),
        "JCM_SIGN_IN": "",
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "JCM_API_PER_SECOND": "0.001",
        "JCM_API_BURST": "4",
    }
    arguments = ("--script", str(SMALL_APP), "--no-warm", "--base-path", "jcm")
    with RunningServer.tuned(*arguments, environment=environment) as running:
        yield running


def unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def read(address: str, **headers: str) -> tuple[int, Message, str]:
    """Status, headers and text; redirections are followed."""
    asked = urllib.request.Request(  # noqa: S310
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    context = unverified() if address.startswith("https") else None
    try:
        with urllib.request.urlopen(asked, timeout=30, context=context) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def runs(address: str, origin: str) -> list[str]:
    async def one() -> list[str]:
        context = unverified() if address.startswith("https") else None
        async with StreamlitSession(address, origin=origin, tls=context) as session:
            run = await session.run("lang=ja&rows=7")
            return [text.body for text in run.elements("markdown")]  # type: ignore[attr-defined]

    return run_apart(one())


def is_whole(address: str) -> None:
    """Pages, scripts, a session, health, a feed with the outer address, and the headers on each."""
    outer = address.rpartition("/jcm")[0]
    status, headers, page = read(f"{address}/", Accept_Encoding="gzip, br")
    assert (status, headers["Content-Encoding"]) == (200, None)
    assert all(name in headers for name in HEADERS)
    script = re.findall(r'src="\./(static/js/[^"]+)"', page)[0]
    assert read(f"{address}/{script}")[0] == 200
    assert read(address)[0] == 200
    assert runs(address, outer) == ["rows=7 lang=ja locale=en"]
    for path in ("/health", "/feed/changes.ja.atom", "/api/v1/openapi.json", "/nothing"):
        status, headers, text = read(address + path)
        assert status == 200, path
        assert all(name in headers for name in HEADERS), path
        if path.endswith("atom"):
            assert f'href="{address}{path}"' in text


def behind_nginx(behind: RunningServer, *replaced: tuple[str, str]) -> tuple[str, int]:
    port = free_port()
    locations = documented("nginx.conf", {"127.0.0.1:8501": f"127.0.0.1:{behind.port}", **dict(replaced)})
    return site(locations, port), port


def test_behind_nginx_as_documented(behind: RunningServer) -> None:
    with nginx(*behind_nginx(behind)) as address:
        is_whole(f"{address}/jcm")
        assert read(f"{address}/health")[0] == 404


def test_behind_caddy_as_documented_with_tls_in_front(behind: RunningServer) -> None:
    for own in ("https://localhost:{port} {{\n\ttls internal", "http://127.0.0.1:{port} {{"):
        port = free_port()
        address = own.format(port=port)
        file = documented(
            "Caddyfile", {"example.org {": address, "127.0.0.1:8501\n": f"127.0.0.1:{behind.port}\n"}
        )
        with caddy(file, port):
            is_whole(address.split(" ")[0] + "/jcm")


def test_each_client_behind_a_proxy_has_its_own_limit_and_cannot_claim_another(behind: RunningServer) -> None:
    with nginx(*behind_nginx(behind)) as address:
        versions = f"{address}/jcm/api/v1/versions"
        asked = [read(versions, X_Forwarded_For=f"203.0.113.{n}")[0] for n in range(12)]
    assert 429 in asked
    direct = f"{behind.address}/jcm/api/v1/versions"
    assert read(direct, X_Forwarded_For="198.51.100.7")[0] == 200


@pytest.mark.parametrize(
    ("line", "status", "hint"),
    [
        ("proxy_set_header Upgrade $http_upgrade;", 426, r"proxy_set_header Upgrade \$http_upgrade"),
        ("proxy_set_header Host $http_host;", 403, r"the host '127\.0\.0\.1:\d+'.*Host \$http_host"),
    ],
)
def test_a_proxy_that_lacks_a_line_is_told_of_in_the_log(
    behind: RunningServer, line: str, status: int, hint: str
) -> None:
    with (
        nginx(*behind_nginx(behind, (line, ""))) as address,
        pytest.raises(InvalidStatus, match=str(status)),
    ):
        runs(f"{address}/jcm", address)
    assert re.search(hint, behind.output)


def test_a_proxy_that_takes_the_path_away_is_told_of_in_the_log(behind: RunningServer) -> None:
    at = f"127.0.0.1:{behind.port}"
    with nginx(*behind_nginx(behind, (f"http://{at};", f"http://{at}/;"))) as address:
        assert read(f"{address}/jcm/")[0] == 404
    assert behind.prints("outside /jcm/")


def test_a_proxy_that_is_not_named_is_told_of_in_the_log(server: RunningServer) -> None:
    assert read(f"{server.address}/", X_Forwarded_For="203.0.113.7, 198.51.100.7")[0] == 200
    assert server.prints("Forwarded headers from '127.0.0.1' are not believed")
