"""A hundred readers on four processes, ten versions, two processes killed: `make test-replicas`."""

from pathlib import Path

from etl.warehouse.publish import flip, version_path
from tests.apart import run_apart
from tests.replicas.readers import Readers, goldens, replicas, work, write_versions


def test_no_reader_gets_a_wrong_or_mixed_page(warehouse_dir: Path, tmp_path: Path) -> None:
    versions = write_versions(warehouse_dir, tmp_path, 10)
    expected = goldens(tmp_path, versions)
    flip(tmp_path, version_path(tmp_path, versions[0]))
    with replicas(tmp_path, 4) as (address, servers):
        readers = Readers(address, expected, versions)
        run_apart(work(100, readers, folder=tmp_path, servers=servers, kills={4: 1, 7: 2}, runs_each=100))
        assert [server.is_running() for server in servers] == [True, False, False, True]
        assert all("Traceback" not in server.output for server in servers)
    print(f"{readers.runs} pages, {readers.redials} connections dialled again")
    assert readers.wrong == []
    assert readers.redials >= 20
