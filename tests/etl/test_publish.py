"""Killed, out of room, or disturbed at any moment: whoever opens the warehouse finds a whole file."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.sources.stops import BuildStopped
from etl.warehouse.build import build
from etl.warehouse.publish import flip, only_build, published, remove_leftovers, remove_older
from tests.etl.data_folder import PROJECTS, DataFolder

ROOT = Path(__file__).parent.parent.parent

# The child ends itself, so that it is dead at exactly the moment meant and not a little later.
KILLED_AT_STAGE = """
import os, signal, sys
from pathlib import Path
from etl.warehouse.build import build
def told(stage):
    if stage == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), progress=told)
"""

KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from etl.warehouse.build import build
tables = 0
def seen(frame, event, _):
    global tables
    if event == "call" and frame.f_code.co_name == "_comments":
        tables += 1
        if tables == 12:
            os.kill(os.getpid(), signal.SIGKILL)
def told(stage):
    if stage == "writing":
        sys.setprofile(seen)
build(Path(sys.argv[1]), Path(sys.argv[2]), progress=told)
"""

KILLED_WHILE_PUBLISHING = """
import os, signal, sys
from pathlib import Path
from etl.warehouse.publish import publish
steps = []
def before(event, _):
    if event in ("os.rename", "os.symlink"):
        steps.append(event)
        if len(steps) == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(before)
publish(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""

WITHOUT_ROOM = """
import resource, signal, sys
from etl.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
sys.exit(main(["build", "--data", sys.argv[1], "--warehouse", sys.argv[2]]))
"""


def child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", code, *(str(argument) for argument in arguments)]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture
def folder(warehouse_dir: Path, tmp_path: Path) -> Path:
    """A warehouse folder with the committed facts published."""
    copy = tmp_path / "warehouse"
    shutil.copytree(warehouse_dir, copy, symlinks=True)
    return copy


@pytest.fixture
def changed(data: DataFolder) -> DataFolder:
    """Data that make another version."""
    data.set(PROJECTS, "VN017", note="changed")
    return data


def served(folder: Path) -> str:
    """The version that a reader finds; reads all reductions, so a damaged file would be noticed."""
    with duckdb.connect(str((folder / "current.duckdb").resolve()), read_only=True) as connection:
        row = connection.execute(
            "SELECT data_version, (SELECT sum(tco2_low) FROM reduction WHERE rung = 'notified') FROM record.build"
        ).fetchone()
    assert row is not None
    assert row[1] is not None
    return str(row[0])


def holds_only_whole_files(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()} - {"current.duckdb", ".build.lock"}
    return all(name.startswith("jcm-") and len(name) == len("jcm-123456789abc.duckdb") for name in names)


def test_killed_at_any_moment_the_old_version_serves_and_the_next_build_works(
    folder: Path, changed: DataFolder
) -> None:
    old = served(folder)
    for code, stage in ((KILLED_WHILE_WRITING, ""), (KILLED_AT_STAGE, "publishing")):
        died = child(code, changed.path, folder, stage)
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert served(folder) == old
        (unfinished,) = folder.glob("*.unfinished.duckdb")
    version = unfinished.name.removeprefix("jcm-").removesuffix(".unfinished.duckdb")
    for step in (1, 2, 3):
        place = Path(shutil.copytree(folder, folder.parent / f"step{step}", symlinks=True))
        died = child(KILLED_WHILE_PUBLISHING, place, place / unfinished.name, version, step)
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert served(place) == old
        report = build(changed.path, place)
        assert report.is_new
        assert served(place) == report.version.data_version == version != old
        assert holds_only_whole_files(place)


def test_without_room_on_the_disk_the_old_version_serves_and_nothing_is_left(
    folder: Path, changed: DataFolder
) -> None:
    old = served(folder)
    ended = child(WITHOUT_ROOM, changed.path, folder)
    assert ended.returncode == 1, ended.stderr
    assert "A file cannot be read or written" in ended.stderr
    assert "読み書きに失敗しました" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert served(folder) == old
    assert holds_only_whole_files(folder)


def test_a_reader_keeps_the_old_version_while_a_new_one_is_published(
    folder: Path, changed: DataFolder
) -> None:
    old = served(folder)
    before = (folder / "current.duckdb").resolve()
    with duckdb.connect(str(before), read_only=True) as reader:
        new = build(changed.path, folder).version.data_version
        row = reader.execute(
            "SELECT data_version, (SELECT count(*) FROM reduction WHERE tco2_low > 0) > 0 FROM record.build"
        )
        assert row.fetchone() == (old, True)
    assert served(folder) == new


def test_going_back_to_a_version_that_is_still_there_only_flips_the_link(
    folder: Path, data: DataFolder
) -> None:
    old = served(folder)
    before = data.content(PROJECTS)
    data.set(PROJECTS, "VN017", note="changed")
    build(data.path, folder)
    data.write(PROJECTS, before)
    stages: list[str] = []
    report = build(data.path, folder, progress=stages.append)
    assert served(folder) == report.version.data_version == old
    assert report.is_new
    assert "writing" not in stages


def test_two_builds_at_once_are_refused(tmp_path: Path, data: DataFolder) -> None:
    with only_build(tmp_path / "warehouse"), pytest.raises(BuildStopped) as stopped:
        build(data.path, tmp_path / "warehouse")
    assert "Another build is running" in stopped.value.message_en
    assert "別の構築が実行中" in stopped.value.message_ja


def test_what_killed_builds_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    whole = tmp_path / "jcm-111111111111.duckdb"
    whole.write_bytes(b"whole")
    flip(tmp_path, whole)
    (tmp_path / "jcm-222222222222.unfinished.duckdb").write_bytes(b"half")
    (tmp_path / "jcm-222222222222.unfinished.duckdb.wal").write_bytes(b"half")
    (tmp_path / "jcm-111111111111.duckdb.wal").write_bytes(b"stale")
    spilled = tmp_path / "jcm-222222222222.unfinished.duckdb.tmp"
    spilled.mkdir()
    (spilled / "block").write_bytes(b"half")
    (tmp_path / "current.duckdb.next").symlink_to("jcm-222222222222.duckdb")
    (tmp_path / "notes.txt").write_text("of the user")
    assert len(remove_leftovers(tmp_path)) == 5
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"jcm-111111111111.duckdb", "current.duckdb", "notes.txt"}


def test_the_newest_versions_are_kept_and_always_the_published_one(tmp_path: Path) -> None:
    paths = [tmp_path / f"jcm-{n}{'0' * 11}.duckdb" for n in range(5)]
    for path in paths:
        path.write_bytes(b"whole")
    flip(tmp_path, paths[0])  # the oldest, as after going back
    remove_older(tmp_path, kept=3)
    assert published(tmp_path) == paths[0].resolve()
    assert {p.name for p in tmp_path.glob("jcm-*")} == {paths[n].name for n in (0, 3, 4)}


def test_a_link_to_nothing_is_no_warehouse(tmp_path: Path) -> None:
    flip(tmp_path, tmp_path / "jcm-111111111111.duckdb")
    assert published(tmp_path) is None
