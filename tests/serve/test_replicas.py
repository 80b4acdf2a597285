"""Two processes of the tracker behind one nginx: a version published and a process killed while readers work."""

from pathlib import Path

from etl.warehouse.publish import flip, version_path
from tests.apart import run_apart
from tests.replicas.readers import Readers, goldens, replicas, work, write_versions


def test_a_new_version_and_a_lost_process_show_no_reader_a_wrong_page(
    warehouse_dir: Path, tmp_path: Path
) -> None:
    versions = write_versions(warehouse_dir, tmp_path, 2)
    expected = goldens(tmp_path, versions)
    flip(tmp_path, version_path(tmp_path, versions[0]))
    with replicas(tmp_path, 2) as (address, servers):
        readers = Readers(address, expected, versions)
        run_apart(work(6, readers, folder=tmp_path, servers=servers, kills={1: 1}, runs_each=12))
        assert [server.is_running() for server in servers] == [True, False]
    assert readers.wrong == []
    assert readers.runs >= 18
    assert readers.redials >= 1
