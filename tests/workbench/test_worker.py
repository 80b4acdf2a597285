"""The process itself: what it may do when every wall before it has fallen."""

import os
import resource
import select
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from workbench.confinement import connect
from workbench.functions import REFUSED_FUNCTIONS, TABLE_FUNCTIONS
from workbench.limits import limits
from workbench.warm_worker import WarmWorker

REVIEWED = 583
PAST_THE_CHECK = (
    "FROM read_text('/etc/passwd')",
    "FROM read_csv('/etc/passwd')",
    "FROM glob('/etc/*')",
    "FROM 'pyproject.toml'",
    "COPY record.build TO '{folder}/stolen.csv'",
    "COPY record.build TO '{path}' (FORMAT csv, USE_TMP_FILE false)",
    "COPY record.build TO '{path}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "EXPORT DATABASE '{folder}/stolen'",
    "ATTACH '{folder}/stolen.duckdb' AS a",
    "DELETE FROM project",
    "CREATE TABLE x AS SELECT 1",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET disabled_filesystems = ''",
    "SET memory_limit = '10GB'",
    "SET temp_directory = '{folder}'",
    "SET lock_configuration = false",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
)


@pytest.fixture(scope="module")
def copied(warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copied") / "warehouse.duckdb"
    path.write_bytes(warehouse_file.read_bytes())
    return path


@pytest.mark.parametrize("sql", PAST_THE_CHECK)
def test_the_locked_connection_refuses_by_itself(copied: Path, sql: str) -> None:
    before = copied.read_bytes()
    with connect(str(copied), limits()) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql.format(folder=copied.parent, path=copied)).fetchall()
    assert copied.read_bytes() == before
    assert [x.name for x in copied.parent.iterdir()] == [copied.name]


def test_a_worker_can_open_nothing_and_knows_nothing(warehouse_file: Path) -> None:
    worker = WarmWorker(limits(), lambda: warehouse_file)
    try:
        pid = worker.make_ready().pid
        process = Path(f"/proc/{pid}")
        names = process.joinpath("environ").read_bytes().split(b"\0")
        assert not [x for x in names if x.startswith((b"HOME", b"PATH", b"JCM_", b"USER", b"PYTHON"))]
        allowed = resource.prlimit(pid, resource.RLIMIT_NOFILE)[0]
        assert {str(x) for x in range(allowed)} <= {x.name for x in (process / "fd").iterdir()}
        assert resource.prlimit(pid, resource.RLIMIT_FSIZE) == (0, 0)
        assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)
        assert resource.prlimit(pid, resource.RLIMIT_AS)[1] == limits().process_megabytes * 1_000_000
        assert resource.prlimit(pid, resource.RLIMIT_CPU)[0] <= limits().seconds + 10
        assert process.joinpath("cwd").resolve() == Path("/")
    finally:
        worker.close()


def test_a_worker_ends_when_the_app_is_killed(warehouse_file: Path) -> None:
    script = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parents[2])!r}]
from pathlib import Path
from workbench.limits import limits
from workbench.parameters import to_json
from workbench.warm_worker import WarmWorker
busy = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range + b.range) % 7 = 3"
worker = WarmWorker(limits(seconds=300), lambda: Path({str(warehouse_file)!r}))
process = worker.begin(to_json({{"sql": busy, "parameters": {{}}, "kind": "result"}}))
print(process.pid, flush=True)
sys.stdin.read()
"""
    app = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert app.stdout is not None
    worker = os.pidfd_open(int(app.stdout.readline()))
    app.kill()
    app.wait()
    # A process descriptor becomes readable when its process has ended.
    assert select.select([worker], [], [], 10)[0]
    os.close(worker)


@pytest.fixture(scope="module")
def functions(copied: Path) -> dict[str, set[str]]:
    with connect(str(copied), limits()) as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_name, function_type FROM duckdb_functions()"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for name, kind in rows:
        found.setdefault(kind, set()).add(name)
    return found


def test_no_function_of_the_engine_is_unreviewed(functions: dict[str, set[str]]) -> None:
    """Fails with another DuckDB: look at the new names for what they tell or reach, then change the number."""
    plain = {
        x
        for x in functions["scalar"] | functions["macro"]
        if x[0].isalpha() and not x.startswith(("collate_", "icu_collate_"))
    }
    assert duckdb.__version__ == "2.0.0"
    assert len(plain) == REVIEWED


def test_allowed_table_functions_exist(functions: dict[str, set[str]]) -> None:
    assert functions["table"] | functions["scalar"] | functions["macro"] >= TABLE_FUNCTIONS
    assert not TABLE_FUNCTIONS & set(REFUSED_FUNCTIONS)
