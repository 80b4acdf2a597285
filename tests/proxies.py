"""nginx and Caddy as the files in docs/proxies set them up, on this machine, as a user without rights."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.install_browser import find_proxy
from tests.running_server import ROOT

DOCUMENTED = ROOT / "docs" / "proxies"
NOBODY = 65_534
_AROUND = """\
daemon off;
worker_processes 1;
error_log stderr warn;
pid nginx.pid;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
    uwsgi_temp_path temporary; scgi_temp_path temporary;
    %s
}
"""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def documented(name: str, replaced: Mapping[str, str]) -> str:
    """The text of a documented file with some of it replaced; each part must be there."""
    text = (DOCUMENTED / name).read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text, f"{name} does not hold {old!r}"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(of_http: str, port: int) -> Iterator[str]:
    """nginx with this text at the level of http; yields its address."""
    with _folder() as folder:
        (folder / "nginx.conf").write_text(_AROUND % of_http, encoding="utf-8")
        (folder / "temporary").mkdir()
        command = [_program("nginx"), "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]
        with _running(command, folder, port):
            yield f"http://127.0.0.1:{port}"


def site(locations: str, port: int) -> str:
    """A server of nginx with these locations."""
    return f"server {{ listen 127.0.0.1:{port}; {locations} }}"


@contextmanager
def caddy(caddyfile: str, port: int) -> Iterator[None]:
    """Caddy with this file."""
    with _folder() as folder:
        options = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
        (folder / "Caddyfile").write_text(options + caddyfile, encoding="utf-8")
        command = [_program("caddy"), "run", "--adapter", "caddyfile", "--config", "Caddyfile"]
        with _running(command, folder, port):
            yield


def _program(name: str) -> str:
    found = find_proxy(name)
    if found is None:
        pytest.skip(f"{name} is not installed here (Debian: apt-get install nginx-light caddy)")
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="proxy-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    lower = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    if lower:
        for place in (folder, *folder.iterdir()):
            os.chown(place, NOBODY, NOBODY)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    log = folder / "log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            **lower,  # type: ignore[call-overload]
        )
    try:
        ends = time.monotonic() + 60
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > ends:
                pytest.fail(f"{command[0]} did not start: {log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0
