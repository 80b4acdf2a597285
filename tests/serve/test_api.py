"""The interface for programs: equal to the named queries, described, cached, paged, and never a bare failure."""

import ast
import asyncio
import dataclasses
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from queries.catalogue import catalogue
from queries.warehouse import WAREHOUSE_DIR_VARIABLE, QueryTooLong, Warehouse, at_most, current
from serve.api import application, keeping, resources
from serve.api.application import api_routes
from serve.api.encoding import rows_of
from serve.api.keeping import Answer, Kept, TooBusy
from serve.api.limits import ApiLimits, Buckets
from serve.client import client_of
from tests.apart import run_apart
from workbench.limits import limits

API = "/jcm/api/v1"
UNLIMITED = ApiLimits(per_second=0)


@pytest.fixture(scope="module")
def client(warehouse_dir: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WAREHOUSE_DIR_VARIABLE, str(warehouse_dir))
        patch.delenv("JCM_SIGN_IN", raising=False)
        with TestClient(Starlette(routes=api_routes("/jcm", UNLIMITED)), follow_redirects=False) as opened:
            yield opened


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def every_row(client: TestClient, address: str) -> list[dict[str, Any]]:
    """Rows of all pages, by the header Link."""
    rows: list[dict[str, Any]] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["data"]
        following = answer.links.get("next")
        address = str(answer.request.url.join(following["url"])) if following else ""
    return rows


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_query_answers_as_the_warehouse_does(
    client: TestClient, warehouse: Warehouse, name: str
) -> None:
    expected = warehouse.run(name)
    first = client.get(f"{API}/query/{name}").json()
    pages = "rows_before" in {one.name for one in catalogue()[name].parameters}
    rows = first["data"] if pages else every_row(client, f"{API}/query/{name}")
    assert rows == [{key: plain(v) for key, v in row.items()} for row in expected.to_pylist()]
    assert [one["name"] for one in first["meta"]["columns"]] == [
        one.name for one in catalogue()[name].columns
    ]
    assert first["meta"]["data_version"] == warehouse.data_version
    assert first["meta"]["as_of"] == warehouse.data_as_of.isoformat()
    assert first["meta"]["coverage"]["projects_with_estimate"] > 0
    assert first["meta"]["sources"]["count"] > 0
    assert len(first["meta"]["licences"]["ja"]) == len(first["meta"]["licences"]["en"]) > 0


def test_pages_of_a_query_that_pages_by_itself_lead_through_all_projects(
    client: TestClient, warehouse: Warehouse
) -> None:
    known = warehouse.run("projects", rows_at_most=100_000).column("project_id").to_pylist()
    rows = every_row(client, f"{API}/query/projects?limit=30&lang=en")
    assert [row["project_id"] for row in rows] == known
    first = client.get(f"{API}/query/projects").json()["meta"]
    assert first["total"] is None  # not known from one page of it, and so not told as its length
    assert "X-Total-Count" not in client.get(f"{API}/query/projects").headers


def test_pages_have_a_count_and_ways_both_ways(client: TestClient) -> None:
    answer = client.get(f"{API}/query/project_keys?limit=10&offset=20")
    total = int(answer.headers["X-Total-Count"])
    assert answer.json()["meta"]["rows"] == 10 < total
    assert answer.links["next"]["url"] == "?limit=10&offset=30"
    assert answer.links["prev"]["url"] == "?limit=10&offset=10"
    assert "next" not in client.get(f"{API}/query/project_keys?limit=10&offset={total - 10}").links


def test_each_format_holds_the_same_rows_and_what_they_mean(client: TestClient, warehouse: Warehouse) -> None:
    expected = warehouse.run("project_keys")
    address = f"{API}/query/project_keys"
    csv = client.get(address, params={"format": "csv"})
    assert pl.read_csv(io.BytesIO(csv.content)).height == expected.num_rows
    assert (
        csv.headers["Content-Disposition"]
        == f'attachment; filename="jcm_project_keys_{warehouse.data_version}.csv"'
    )
    parquet = client.get(address, headers={"Accept": "application/vnd.apache.parquet"})
    read = pq.read_table(io.BytesIO(parquet.content))
    assert read.equals(expected)
    arrow = client.get(address, headers={"Accept": "text/html, application/vnd.apache.arrow.stream;q=0.9"})
    with pa.ipc.open_stream(arrow.content) as stream:
        table = stream.read_all()
    assert table.equals(expected)
    for metadata in (read.schema.metadata, table.schema.metadata):
        meta = json.loads(metadata[b"jcm"])
        assert meta["data_version"] == warehouse.data_version
        assert meta["coverage"]["issued"]["stated_tco2"] > 0
    assert (
        client.get(address, headers={"Accept": "text/html,*/*;q=0.8"}).headers["Content-Type"]
        == "application/json"
    )
    refused = client.get(address, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "application/vnd.apache.parquet" in refused.json()["detail"]


def test_unknown_is_null_and_what_is_no_finite_number_is_a_text(client: TestClient) -> None:
    table = pa.table({"x": [1.5, None, float("inf"), float("-inf"), float("nan")]})
    assert [row["x"] for row in rows_of(table)] == [1.5, None, "Infinity", "-Infinity", "NaN"]
    rungs = {row["rung"]: row for row in client.get(f"{API}/ladder").json()["data"]["rungs"]}
    assert rungs["ndc"]["tco2_low"] is None
    assert rungs["pipeline"]["events"] is None


def test_the_ladder_has_rungs_statements_targets_and_sources(
    client: TestClient, warehouse: Warehouse
) -> None:
    answer = client.get(
        f"{API}/ladder",
        params={"as_of": "2024-03-31", "until_fiscal_year": 2040, "countries": ["MNG", "VNM"]},
    )
    data, meta = answer.json()["data"], answer.json()["meta"]
    expected = warehouse.run(
        "ladder", as_of=date(2024, 3, 31), until_fiscal_year=2040, countries=["MNG", "VNM"]
    )
    assert [row["tco2_low"] for row in data["rungs"]] == expected.column("tco2_low").to_pylist()
    assert meta["as_of"] == "2024-03-31"
    assert next(row for row in data["rungs"] if row["rung"] == "japan")["about"]["is_part_of"] == "issued"
    assert {row["stated_tco2"] is None or row["stated_tco2"] > 0 for row in data["issued_by_year"]} == {True}
    assert all(data[part] for part in ("issued_by_year", "stated", "targets", "sources"))


def test_a_project_and_a_country(client: TestClient) -> None:
    project = client.get(f"{API}/projects/MN003").json()["data"]
    assert project["project"]["iso3"] == "MNG"
    assert project["sources"]
    assert {row["project_id"] for row in project["sites"]} == {"MN003"}
    country = client.get(f"{API}/countries/MNG").json()["data"]
    assert country["country"]["name_ja"] == "モンゴル"
    assert country["rungs"]
    early = client.get(f"{API}/projects/MN003", params={"as_of": "2014-01-31"}).json()["data"]
    assert early["project"]["annual_tco2"] is None


def test_versions_and_addresses_that_last(client: TestClient, warehouse: Warehouse) -> None:
    version = warehouse.data_version
    kept = client.get(f"{API}/versions").json()["data"]
    assert kept["latest"] == version
    assert kept["versions"][0] == {
        "version": version,
        "as_of": warehouse.data_as_of.isoformat(),
        "first_on": warehouse.first_on.isoformat(),
        "is_readable": True,
        "address": f"./versions/{version}",
    }
    moving = client.get(f"{API}/query/ladder?share=japan")
    assert moving.headers["Cache-Control"] == "public, no-cache"
    lasting = moving.request.url.join(moving.json()["meta"]["lasting"])
    assert str(lasting).endswith(f"{API}/versions/{version}/query/ladder?share=japan")
    fixed = client.get(lasting)
    assert fixed.json()["data"] == moving.json()["data"]
    assert fixed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"{API}/versions/{version}").json()["data"]["version"] == version
    other = version[:-1] + ("1" if version.endswith("0") else "0")
    missing = client.get(f"{API}/versions/{other}/ladder").json()
    assert (missing["status"], missing["near"]) == (404, [version])


@pytest.mark.parametrize("coding", ["gzip", "br", "identity"])
def test_a_client_that_holds_the_answer_is_told_so(client: TestClient, coding: str) -> None:
    address, headers = f"{API}/ladder", {"Accept-Encoding": coding}
    first = client.get(address, headers=headers)
    assert first.headers.get("Content-Encoding", "identity") == coding
    assert "Accept-Encoding" in first.headers["Vary"]
    tag = first.headers["ETag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(address, headers={**headers, "If-None-Match": held})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(address, headers={**headers, "If-None-Match": '"other"'}).status_code == 200


def test_the_description_is_valid_and_says_what_the_headers_say(
    client: TestClient, warehouse: Warehouse
) -> None:
    described = client.get(f"{API}/openapi.json").json()
    OpenAPIV31SpecValidator(described).validate()
    paths = {path.removeprefix("/query/") for path in described["paths"] if path.startswith("/query/")}
    assert paths == set(catalogue())
    ladder = described["paths"]["/query/ladder"]["get"]
    by_name = {one["name"]: one["schema"] for one in ladder["parameters"]}
    assert [*by_name] == [
        *(p.name for p in catalogue()["ladder"].parameters),
        "limit",
        "offset",
        "format",
        "lang",
    ]
    assert by_name["share"] == {"type": "string", "enum": ["total", "japan"], "default": "total"}
    assert by_name["as_of"]["default"] == warehouse.data_as_of.isoformat()
    assert by_name["sectors"]["type"] == "array"
    row = ladder["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]["items"]
    assert row["properties"]["tco2_low"]["type"] == ["integer", "null"]
    assert described["servers"][0]["url"] == "."


def test_no_query_declares_a_name_that_the_interface_has_for_itself() -> None:
    own = {"format", "lang", "limit", "offset", "version"}
    assert not {one.name for query in catalogue().values() for one in query.parameters} & own


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_first_page_asks_nothing_and_explains_each_problem(client: TestClient, lang: str) -> None:
    answer = client.get(f"{API}/", headers={"Accept-Language": f"{lang}, en;q=0.1"})
    assert answer.headers["Content-Language"] == lang
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert "<script" not in answer.text
    kinds = {
        node.value
        for path in Path(application.__file__).parent.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Problem"
        for node in call.args[1:2]
        if isinstance(node, ast.Constant)
    }
    assert kinds
    assert kinds <= set(re.findall(r'id="([a-z-]+)"', answer.text))
    for end, to in (("/api", "api/v1/"), ("/api/", "v1/"), ("/api/v1", "v1/")):
        assert client.get(f"/jcm{end}").headers["Location"] == to


@pytest.mark.parametrize(
    ("target", "status", "kind", "near"),
    [
        ("query/laddr", 404, "unknown-query", "ladder"),
        ("query/ladder?shares=total", 422, "unknown-parameter", "share"),
        ("query/ladder?share=japn", 422, "wrong-value", "japan"),
        ("query/ladder?countries=MNG,VNM", 422, "wrong-value", "MNG"),
        ("query/ladder?countries=Mongolia", 422, "wrong-value", "MNG"),
        ("query/ladder?until_fiscal_year=2030.5", 422, "wrong-value", None),
        ("query/ladder?until_fiscal_year=99999999999", 422, "wrong-value", None),
        ("query/ladder?until_fiscal_year=２０３０", 422, "wrong-value", None),
        ("query/ladder?as_of=2026-02-30", 422, "wrong-value", None),
        ("query/ladder?as_of=1999-01-01", 422, "wrong-value", None),
        ("query/ladder?as_of=9999-12-31", 422, "wrong-value", None),
        ("query/ladder?share=total&share=japan", 422, "wrong-value", None),
        ("query/ladder?limit=0", 422, "wrong-value", None),
        ("query/ladder?offset=-1", 422, "wrong-value", None),
        ("query/ladder?format=jsn", 422, "wrong-format", "json"),
        ("query/ladder?lang=fr", 422, "wrong-value", None),
        ("query/projects?rows_at_most=-1", 422, "unanswerable", None),
        ("query/map_clusters?square_km=0", 422, "unanswerable", None),
        ("query/projects?words=%00", 422, "wrong-value", None),
        ("query/ladder?countries=%ff", 400, "unreadable", None),
        ("query/ladder?" + "&".join(["countries=MNG"] * 501), 400, "unreadable", None),
        ("ladder?limit=5", 422, "unknown-parameter", None),
        ("ladder?format=csv", 406, "wrong-format", None),
        ("projects/mn003", 404, "unknown-project", "MN003"),
        ("projects/MN999", 404, "unknown-project", "MN001"),
        ("countries/mng", 404, "unknown-country", "MNG"),
        ("countries/モンゴル", 404, "unknown-country", "MNG"),
        ("laddr", 404, "unknown-address", "ladder"),
        ("..%2F..%2Fhealth", 404, "unknown-address", None),
        ("query/" + "x" * 7_000, 404, "unknown-query", None),
        ("ladder?" + "x" * 8_193, 414, "too-long", None),
    ],
)
def test_a_problem_says_what_where_and_what_next_in_both_languages(
    client: TestClient, target: str, status: int, kind: str, near: str | None
) -> None:
    said = set()
    for lang in ("en", "ja"):
        answer = client.get(f"{API}/{target}", headers={"Accept-Language": lang})
        problem = answer.json()
        assert (answer.status_code, problem["status"]) == (status, status), problem
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Content-Language"] == lang
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert problem["type"].endswith(f"#{kind}")
        assert problem["title"]
        assert problem["next"]
        assert near is None or near in problem["near"]
        assert len(answer.content) < 20_000
        said.add(problem["title"])
    assert len(said) == 2


def test_only_reading_is_offered_and_to_pages_of_every_origin(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = client.request(method, f"{API}/ladder")
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    before = client.options(f"{API}/ladder", headers={"Origin": "https://example.org"})
    assert (before.status_code, before.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    read = client.get(f"{API}/ladder")
    assert read.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read.headers
    assert "ETag" in read.headers["Access-Control-Expose-Headers"]


def test_a_client_that_asks_too_often_waits_and_others_do_not(
    warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    buckets = Buckets(ApiLimits(per_second=2, burst=3), clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("b") == 0
    now[0] = 0.5
    assert (buckets.wait("a"), buckets.wait("a")) == (0, 0.5)
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(warehouse_dir))
    app = Starlette(routes=api_routes("", ApiLimits(per_second=0.1, burst=2)))
    with TestClient(app) as one:
        answers = [one.get("/api/v1/versions?lang=ja") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 10
    assert "秒待ち" in answers[2].json()["next"]


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("x" * 500, "x" * 64),
    ],
)
def test_a_client_is_an_address_or_the_network_of_a_subscriber(host: str, client: str) -> None:
    assert client_of({"type": "http", "client": (host, 5)}) == client


def test_without_data_or_behind_a_sign_in_there_is_no_answer(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_SIGN_IN", "all")
    assert client.get(f"{API}/ladder").status_code == 403
    assert client.get(f"{API}/").status_code == 403
    monkeypatch.setenv("JCM_SIGN_IN", "own")  # guards the own record, of which nothing is here
    assert client.get(f"{API}/ladder").status_code == 200
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(tmp_path))
    answer = client.get(f"{API}/ladder")
    assert (answer.status_code, answer.json()["type"]) == (503, "./#no-data")
    assert str(tmp_path) not in answer.text


def test_too_much_and_too_slow_are_problems(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "MEGABYTE", 1)
    large = client.get(f"{API}/query/columns?limit=500&lang=ja")
    assert (large.status_code, large.json()["next"]) == (413, "limit= で行数を減らしてください。")
    monkeypatch.setattr(keeping, "at_most", lambda _: at_most(0.001))
    slow = client.get(f"{API}/query/sector_sizes?as_of=2018-05-17")
    assert (slow.status_code, slow.headers["Retry-After"], slow.json()["query"]) == (503, "5", "sector_sizes")


def test_a_query_ends_at_its_deadline(warehouse: Warehouse) -> None:
    with at_most(0.001), pytest.raises(QueryTooLong):
        warehouse.run("ladder_by_group", as_of=date(2019, 5, 17))
    assert warehouse.run("ladder_by_group", as_of=date(2019, 5, 17)).num_rows


def test_the_list_of_versions_follows_the_files(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "warehouse"
    shutil.copytree(warehouse_dir, folder, symlinks=True)
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(folder))
    with TestClient(Starlette(routes=api_routes("", UNLIMITED))) as one:
        before = one.get("/api/v1/versions")
        (folder / "jcm-000000000000.duckdb").write_bytes(b"damaged")
        after = one.get("/api/v1/versions", headers={"If-None-Match": before.headers["ETag"]})
        added = after.json()["data"]["versions"][-1]
        assert (added["version"], added["as_of"], added["is_readable"]) == ("000000000000", None, False)
        assert one.get("/api/v1/versions/000000000000/ladder").status_code == 503


def test_an_answer_is_made_once_for_all_who_wait_and_a_failure_is_not_kept() -> None:
    made: list[str] = []
    free = threading.Event()

    def slow() -> Answer:
        made.append("slow")
        free.wait(20)
        return Answer(b"{}", "application/json")

    def failing() -> Answer:
        made.append("failing")
        raise KeyError

    async def run() -> None:
        kept = Kept(1, dataclasses.replace(limits(), simultaneous=1, queue=1))
        first = [asyncio.ensure_future(kept.answer("slow", None, slow)) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await kept.answer("another", None, slow)
        free.set()
        assert len({answer.tag for answer in await asyncio.gather(*first)}) == 1
        assert made == ["slow"]
        for _ in range(2):
            with pytest.raises(KeyError):
                await kept.answer("failing", None, failing)
        assert made == ["slow", "failing", "failing"]
        large = Answer(b"x" * 2_000_000, "application/octet-stream")
        assert (await kept.answer("large", None, lambda: large)).body == large.body
        assert kept.found("large") is None

    run_apart(run())


VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "2030",
            "2147483647",
            "MNG",
            "13",
            "japan",
            "name",
            "2020-01-01",
            "null",
            "%",
            "'",
            "wind",
        ]
    ),
    st.text(max_size=12),
)
NAMES = sorted(
    {one.name for query in catalogue().values() for one in query.parameters} | {"limit", "offset", "format"}
)

PLACES = [
    *(f"query/{name}" for name in sorted(catalogue())),
    "ladder",
    "projects/MN003",
    "countries/MNG",
    "versions",
]


@settings(max_examples=120)
@given(
    place=st.sampled_from(PLACES),
    parts=st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), VALUES), max_size=4),
    accept=st.sampled_from(["*/*", "text/csv", "application/json;q=x", ";;,", "text/*;q=0.5"]),
)
def test_whatever_is_asked_there_is_an_answer_or_a_problem(
    client: TestClient, place: str, parts: list[tuple[str, str]], accept: str
) -> None:
    query = catalogue().get(place.removeprefix("query/"))
    known = {one.name for one in query.parameters} if query else {"as_of", "until_fiscal_year", "countries"}
    for given_parts in (parts, [part for part in parts if part[0] in known]):
        answer = client.get(f"{API}/{place}", params=given_parts, headers={"Accept": accept})
        assert answer.status_code in {200, 400, 406, 422}, answer.text
        if answer.headers["Content-Type"] in {"application/json", "application/problem+json"}:
            json.loads(answer.content, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
