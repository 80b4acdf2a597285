"""Feeds by the shared filters, over HTTP."""

import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from serve import feeds


@pytest.fixture
def client(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    return TestClient(Starlette(routes=[Route(feeds.FEED_PATH, feeds.feed)]))


def test_a_feed_is_narrowed_and_sent_once(client: TestClient) -> None:
    asked = "/feed/changes.ja.atom?country=VNM&stage=registered"
    found = client.get(asked)
    assert found.status_code == 200
    assert "ベトナム" in found.text
    assert 'href="http://testserver/feed/changes.ja.atom?country=VNM&amp;status=registered"' in found.text
    again = client.get(asked, headers={"If-None-Match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("country=Vietnam", 404, "VNM (Viet Nam)"),
        ("contry=VNM", 400, "Near: country"),
        ("record=own", 400, "There is no choice “record”"),
        ("country=", 404, "has no value"),
        ("country=%FF", 400, "cannot be read"),
        ("&".join(["country=VNM"] * 200), 400, "cannot be read"),
    ],
)
def test_what_is_not_there_is_told(query: str, status: int, said: str, client: TestClient) -> None:
    found = client.get(f"/feed/changes.en.atom?{query}")
    assert found.status_code == status
    assert found.headers["content-type"].startswith("text/plain")
    assert said in found.text


def test_too_many_at_once_are_sent_away(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_waiting", threading.BoundedSemaphore(1))
    with feeds._waiting:
        refused = client.get("/feed/changes.ja.atom")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert client.get("/feed/changes.en.atom?country=VNM&stage=registered").status_code == 200
