"""The interface for programs as programs reach it: over HTTP, below a path, from the client and the notebook in docs."""

import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.running_server import ROOT, RunningServer, ServerFailed
from tests.serve.conftest import SMALL_APP, fetch

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def served(warehouse_dir: Path) -> Iterator[RunningServer]:
    """Below a path, without a limit of requests."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir), "JCM_API_PER_SECOND": "0", "JCM_SIGN_IN": ""}
    arguments = ("--script", str(SMALL_APP), "--no-warm", "--base-path", "jcm")
    with RunningServer.tuned(*arguments, environment=environment) as running:
        yield running


def test_it_stands_beside_the_pages_below_the_same_path(served: RunningServer) -> None:
    answer = fetch(served, "/jcm/api/v1/ladder", accept_encoding="br")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Server"] is None
    assert fetch(served, "/jcm/api").headers["Location"] == "api/v1/"
    assert fetch(served, "/jcm/").status == fetch(served, "/jcm/health").status == 200
    assert fetch(served, "/jcm/api/v1/nothing").headers["Content-Type"] == "application/problem+json"


def test_the_head_of_an_answer_is_that_of_the_answer(served: RunningServer) -> None:
    for target in ("/jcm/api/v1/query/ladder", "/jcm/api/v1/query/laddr", "/jcm/api/v1/"):
        whole, head = fetch(served, target), fetch(served, target, "HEAD")
        assert (head.status, head.body) == (whole.status, b"")
        for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
            assert head.headers[name] == whole.headers[name]


def test_a_huge_address_is_refused(served: RunningServer) -> None:
    for length, statuses in ((10_000, {414}), (70_000, {400, 414, 431}), (1_000_000, {400, 414, 431})):
        assert fetch(served, f"/jcm/api/v1/ladder?{'x' * length}").status in statuses
    for path in ("/jcm/api/v1/../../health", "/jcm/api/v1/%2e%2e/%2e%2e/health"):
        assert fetch(served, path).status == 400
    assert fetch(served, "/jcm/api/v1//ladder").status == 404


@pytest.mark.parametrize("trusted", ["", "127.0.0.1"])
def test_a_forwarded_address_counts_only_from_a_proxy_that_was_named(
    warehouse_dir: Path, trusted: str
) -> None:
    environment = {
        "JCM_WAREHOUSE_DIR": str(warehouse_dir),
        "JCM_SIGN_IN": "",
        "JCM_API_PER_SECOND": "0.01",
        "JCM_API_BURST": "3",
        "FORWARDED_ALLOW_IPS": trusted,
    }
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:
        asked = [
            fetch(running, "/api/v1/versions", x_forwarded_for=f"203.0.113.{n}").status for n in range(1, 6)
        ]
        garbage = fetch(running, "/api/v1/versions", x_forwarded_for=",,;'%00" + "9" * 3_000).status
    assert asked == ([200] * 5 if trusted else [200] * 3 + [429] * 2)
    assert garbage == (200 if trusted else 429)


def test_a_wrong_limit_is_named_at_the_start() -> None:
    with (
        pytest.raises(ServerFailed, match="JCM_API_BURST: Input should be a valid integer"),
        RunningServer.tuned("--no-warm", environment={"JCM_API_BURST": "none"}),
    ):
        pass


def test_the_client_asks_as_its_help_says(
    served: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["client", f"{served.address}/jcm", "query/ladder", "countries=MNG", "countries=VNM"]
    monkeypatch.setattr(sys, "argv", given)
    runpy.run_path(str(DOCS / "api_client.py"), run_name="__main__")
    assert json.loads(capsys.readouterr().out)["meta"]["parameters"]["countries"] == ["MNG", "VNM"]


def test_the_notebook_runs_from_its_first_cell_to_its_last(
    served: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = nbformat.read(DOCS / "api.ipynb", as_version=4)
    nbformat.validate(notebook)
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.setenv("JCM_TRACKER", f"{served.address}/jcm")
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), names)  # noqa: S102 - our own notebook
    assert "ladder" in names["problem"]["near"]
