"""The app, its interface and its static edition beside a plain Streamlit page and Datasette: the same table, one run.

Wants wrk and nginx (Debian packages) and Datasette, which `make bench-peers` installs into an environment of its own.
"""

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from playwright.sync_api import sync_playwright

from exports.site.build import site_files
from exports.site.edition import Places
from exports.site.place import write_site
from queries.warehouse import Warehouse, current
from tests.bench import many_sessions
from tests.bench.result import Row, median, milliseconds
from tests.browser.conftest import FLAGS
from tests.install_browser import find_browser, find_proxy
from tests.proxies import free_port, nginx, site
from tests.running_server import RunningServer

DATASETTE = Path(sys.prefix) / "peers" / "bin" / "datasette"
PAGE = Path(__file__).parent / "pandas_page.py"
TABLE = "project"
CLIENTS = 50
SECONDS = 10
VISITS = 3

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P95 = re.compile(r"p95 ([\d.]+) refused (\d+)")
_TOLD = """done = function(summary, latency, requests)
  io.write(string.format("p95 %.6f refused %d\\n", latency:percentile(95) / 1e6,
    summary.errors.status + summary.errors.timeout + summary.errors.connect))
end
"""
_FIRST_PAINT = """() => new Promise(found => new PerformanceObserver((list, watch) => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) { watch.disconnect(); found(paint.startTime / 1000); }
}).observe({type: "paint", buffered: true}))"""


def measure() -> list[Row]:
    """Pages, answers, memory and first paint of each, one after the other on the same machine."""
    if shutil.which("wrk") is None or find_proxy("nginx") is None:
        raise SystemExit("wrk or nginx is not installed. On Debian: apt-get install wrk nginx-light")
    if not DATASETTE.exists():
        raise SystemExit("Datasette is not installed. `make bench-peers` installs it.")
    warehouse = current()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        here = Path(folder)
        table = warehouse.table(TABLE)
        pq.write_table(table, here / "table.parquet")
        _as_sqlite(warehouse, here / "jcm.db")
        write_site(here / "site", site_files(warehouse, Places()))
        here.chmod(0o755)
        rows: list[Row] = []
        with RunningServer.plain(PAGE, environment={"PEERS_TABLE": str(here / "table.parquet")}) as server:
            rows += _pages(server, "plain Streamlit page on pandas")
        # One client here stands for fifty.
        with RunningServer.tuned(environment={"JCM_API_PER_SECOND": "0"}) as server:
            rows += _pages(server, "this app")
            rows += _answers("this app, JSON of the ladder", f"{server.address}/api/v1/query/ladder")
        with RunningServer(
            [str(DATASETTE), "serve", "-i", str(here / "jcm.db"), "-p", str(free_port())]
        ) as server:
            at = f"{server.address}/jcm/{TABLE}"
            rows += [*_answers("Datasette, page of the table", at), _first_paint("Datasette", at)]
            rows += _answers("Datasette, JSON of the table", f"{at}.json")
            rows.append(_memory("Datasette", server))
        port = free_port()
        address = held.enter_context(nginx(site(f"root {here / 'site'};", port), port))
        page = f"{address}/en/index.html"
        rows += [*_answers("static edition behind nginx", page), _first_paint("static edition", page)]
    return rows


def _as_sqlite(warehouse: Warehouse, path: Path) -> None:
    """The table as a file of SQLite, which Datasette reads."""
    frame = pl.DataFrame(warehouse.table(TABLE))
    kinds = {True: "NUMERIC", False: "TEXT"}
    columns = ", ".join(f'"{name}" {kinds[kind.is_numeric()]}' for name, kind in frame.schema.items())
    rows = frame.with_columns(pl.selectors.temporal().cast(pl.String)).rows()
    with sqlite3.connect(path) as database:
        database.execute(f'CREATE TABLE "{TABLE}" ({columns})')
        places = ", ".join("?" * frame.width)
        database.executemany(f'INSERT INTO "{TABLE}" VALUES ({places})', rows)


def _pages(server: RunningServer, name: str) -> list[Row]:
    """Runs of a page by sessions that never pause."""
    told = {row.what: row for row in many_sessions.measure(server)}
    return [
        Row(f"{name}: runs a second", told["Runs a second, 50 sessions"].measured, "", f"{CLIENTS} sessions"),
        Row(f"{name}: p95", told["Wait, p95"].measured),
        _memory(name, server),
        _first_paint(name, f"{server.address}/"),
    ]


def _answers(name: str, address: str) -> list[Row]:
    """Answers to clients that never pause."""
    with _script() as script:
        load = ["wrk", "-t", "2", "-c", str(CLIENTS), "-d", f"{SECONDS}s", "--timeout", "30s", "-s", script]
        done = subprocess.run([*load, address], check=True, capture_output=True, text=True)
    rate, waits = _RATE.search(done.stdout), _P95.search(done.stdout)
    assert rate is not None, done.stdout
    assert waits is not None, done.stdout
    how = f"wrk, {CLIENTS} clients, {SECONDS} s, {waits[2]} not answered"
    return [
        Row(f"{name}: a second", f"{float(rate[1]):,.1f}", "", how),
        Row(f"{name}: p95", milliseconds(float(waits[1]))),
    ]


@contextmanager
def _script() -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_TOLD)
        script.flush()
        yield script.name


def _memory(name: str, server: RunningServer) -> Row:
    return Row(f"{name}: memory", f"{server.resident_megabytes():.0f} MB", "", "resident set after the load")


def _first_paint(name: str, address: str) -> Row:
    """Median time to the first text or picture, of people who were never there."""
    times = []
    with sync_playwright() as playwright:
        for _ in range(VISITS):
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            page.goto(address, wait_until="commit")
            times.append(float(page.evaluate(_FIRST_PAINT)))
            browser.close()
    return Row(f"{name}: first paint", milliseconds(median(times)), "", f"Chromium, cold, median of {VISITS}")
