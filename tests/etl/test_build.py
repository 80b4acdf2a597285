"""What a build gives: the same rows from the same inputs, a file that explains itself, limits that hold."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

import etl.steps
from etl.contracts import TABLES, VIEWS
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse import build as build_module
from etl.warehouse import version as version_module
from etl.warehouse.build import build, prepare
from etl.warehouse.file import enforce_contracts, write_file
from etl.warehouse.version import version_of
from queries.warehouse import _CONFIG
from tests.etl.data_folder import DATA, PROJECTS, DataFolder

ROOT = Path(__file__).parent.parent.parent

MILESTONES = "snapshot/milestones.csv"
BUILD = "import sys; from etl.__main__ import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def folder(warehouse_dir: Path, tmp_path: Path) -> Path:
    """A warehouse folder with the committed facts published."""
    copy = tmp_path / "warehouse"
    shutil.copytree(warehouse_dir, copy, symlinks=True)
    return copy


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with opened(folder) as connection:
        return connection.execute(query).fetchall()


def every_row(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with opened(folder) as connection:
        return {
            table.name: connection.execute(f'SELECT * FROM {table.place}."{table.name}"').fetchall()
            for table in TABLES
        }


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    path = (folder / "current.duckdb").resolve()
    # As the app opens it: within one process a file is opened in one way only.
    return duckdb.connect(str(path), read_only=True, config=_CONFIG)


def stopped_by(data: DataFolder, folder: Path, **limits: float) -> BuildStopped:
    with pytest.raises(BuildStopped) as stopped:
        build(data.path, folder, limits=Limits(**limits))  # type: ignore[arg-type]
    return stopped.value


# The file


def test_the_file_holds_the_known_sums_of_the_facts(warehouse_dir: Path) -> None:
    by_stage = dict(
        rows(warehouse_dir, "SELECT stage, count(*) FROM project WHERE stage <> 'dormant' GROUP BY 1")
    )  # type: ignore[arg-type]
    assert {stage: by_stage[stage] for stage in ("registered", "validation", "withdrawn", "study")} == {
        "registered": 94,
        "validation": 49,
        "withdrawn": 4,
        "study": 13,
    }
    counts = "SELECT (SELECT count(*) FROM issuance), (SELECT count(*) FROM partner_country)"
    assert rows(warehouse_dir, counts) == [(48, 32)]
    estimates = "SELECT stage, sum(annual_tco2)::BIGINT FROM project WHERE stage IN ('registered', 'validation') GROUP BY 1"
    assert dict(rows(warehouse_dir, estimates)) == {"registered": 751_076, "validation": 705_505}  # type: ignore[arg-type]
    verified = "SELECT sum(tco2_low)::BIGINT, sum(tco2_high)::BIGINT FROM reduction WHERE rung = 'notified'"
    assert rows(warehouse_dir, verified) == [(803_158, 865_683)]


def test_every_file_read_is_listed_with_its_rows_and_none_is_lost(warehouse_dir: Path) -> None:
    listed = rows(
        warehouse_dir, "SELECT file, rows_read, rows_kept, rows_rejected, sha256 FROM record.source_file"
    )
    assert {row[0] for row in listed} == {file for table in TABLES for file in table.files if "*" not in file}
    for _, read, kept, rejected, sha256 in listed:
        assert read == kept + rejected  # type: ignore[operator]
        assert len(str(sha256)) == 64


def test_every_table_and_column_is_explained_in_both_languages(warehouse_dir: Path) -> None:
    comments = rows(
        warehouse_dir,
        "SELECT schema_name || '.' || table_name, NULL, comment FROM duckdb_tables() "
        "UNION ALL SELECT schema_name || '.' || view_name, NULL, comment FROM duckdb_views() WHERE NOT internal "
        "UNION ALL SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal",
    )
    explained = {(table, column) for table, column, _ in comments}
    for table in (*TABLES, *VIEWS):
        name = f"{table.place}.{table.name}"
        assert {(name, None)} | {(name, column) for column in table.schema.columns()} <= explained
    for table, column, comment in comments:
        english, _, japanese = str(comment).partition(" | ")
        assert english, (table, column)
        assert any(ord(sign) > 0x3000 for sign in japanese), (table, column)


def test_the_file_itself_refuses_a_key_that_stands_twice(folder: Path) -> None:
    path = (folder / "current.duckdb").resolve()
    with (
        duckdb.connect(str(path)) as connection,
        pytest.raises(duckdb.ConstraintException, match="VN017"),
    ):
        connection.execute(
            "INSERT INTO history.project SELECT * FROM history.project WHERE project_id = 'VN017'"
        )


def test_nothing_in_the_file_tells_when_or_where_it_was_built(warehouse_dir: Path) -> None:
    (build_row,) = rows(warehouse_dir, "SELECT COLUMNS(*)::VARCHAR FROM record.build")
    assert str(ROOT) not in " ".join(map(str, build_row))
    types = rows(warehouse_dir, "SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal")
    assert not [name for (name,) in types if "TIME" in str(name)]


# Same inputs, same version, same rows


def test_equal_inputs_give_equal_rows_wherever_and_whenever_they_are_built(
    warehouse_dir: Path, data: DataFolder, tmp_path: Path
) -> None:
    for path in data.path.rglob("*.csv"):
        os.utime(path, (0, 0))
    other = tmp_path / "warehouse"
    words = [sys.executable, "-c", BUILD, "build", "--data", str(data.path), "--warehouse", str(other)]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(words, env=environment, cwd=ROOT, check=True, capture_output=True)
    assert every_row(other) == every_row(warehouse_dir)


def test_any_changed_byte_gives_another_version(data: DataFolder) -> None:
    before = version_of(data.path, Limits())
    assert before == version_of(DATA, Limits())
    data.write("targets/targets.csv", data.content("targets/targets.csv") + b"\n")
    after = version_of(data.path, Limits())
    assert after.data_version != before.data_version
    assert after.code_sha256 == before.code_sha256


def test_a_descriptor_belongs_to_the_inputs_and_the_warehouse_does_not(data: DataFolder) -> None:
    before = version_of(data.path, Limits())
    (data.path / "warehouse").mkdir()
    (data.path / "warehouse" / "export.csv").write_text("made from the warehouse")
    assert version_of(data.path, Limits()) == before
    data.write("snapshot/projects.toml", data.content("snapshot/projects.toml") + b"\n")
    assert version_of(data.path, Limits()).data_version != before.data_version


def test_changed_code_gives_another_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = version_of(DATA, Limits())
    for room in version_module.CODE:
        shutil.copytree(ROOT / room, tmp_path / room)
    monkeypatch.setattr(version_module, "ROOT", tmp_path)
    assert version_of(DATA, Limits()) == before
    ladder = tmp_path / "model" / "ladder.py"
    ladder.write_text(ladder.read_text() + "\n")
    assert version_of(DATA, Limits()).data_version != before.data_version


def test_a_limit_that_can_change_rows_changes_the_version() -> None:
    assert version_of(DATA, Limits(max_cell=500)).data_version != version_of(DATA, Limits()).data_version


def test_an_identical_version_is_left_alone_unless_forced(folder: Path, data: DataFolder) -> None:
    path = (folder / "current.duckdb").resolve()
    before = path.stat()
    report = build(data.path, folder)
    assert (report.is_new, report.path) == (False, path)
    assert path.stat().st_ino == before.st_ino
    report = build(data.path, folder, force=True)
    assert report.is_new
    assert path.stat().st_ino != before.st_ino


@pytest.mark.parametrize("damage", ["cut off", "not a database", "a row lost"])
def test_a_damaged_file_of_the_same_version_is_written_again(
    folder: Path, data: DataFolder, damage: str
) -> None:
    path = (folder / "current.duckdb").resolve()
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:100_000])
    elif damage == "not a database":
        path.write_bytes(b"not a database")
    else:
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE history.expected SET tco2 = tco2 + 1 WHERE project_id = 'VN017'")
    assert build(data.path, folder).is_new
    assert rows(folder, "SELECT count(*) FROM project") == [(289,)]


def test_the_file_is_small_enough_to_be_sent_by_mail(warehouse_dir: Path) -> None:
    assert (warehouse_dir / "current.duckdb").resolve().stat().st_size < 5_000_000


# What stops a build


def test_a_table_that_shrank_stops_the_build(folder: Path, data: DataFolder) -> None:
    keys = [row[0] for row in data.rows(MILESTONES)[1:]]
    data.remove(MILESTONES, *keys[:20])
    stopped = stopped_by(data, folder)
    left = 61 - 20
    assert f"milestone shrank from 61 to {left} rows, more than 10%" in stopped.message_en
    assert "JCM_MAX_SHRINK_SHARE" in stopped.message_en
    assert f"milestone が 61 行から {left} 行に減少" in stopped.message_ja
    assert rows(folder, "SELECT count(*) FROM milestone") == [(61,)]
    assert build(data.path, folder, limits=Limits(max_shrink_share=0.5)).is_new
    assert rows(folder, "SELECT count(*) FROM milestone") == [(left,)]


def test_files_changed_while_they_are_read_stop_the_build(folder: Path, data: DataFolder) -> None:
    def told(stage: str) -> None:
        if stage == "deriving":
            data.set(PROJECTS, "VN017", note="changed meanwhile")

    with pytest.raises(BuildStopped, match="changed while they were read"):
        build(data.path, folder, progress=told)


def test_a_technology_in_use_without_a_lifetime_stops_the_build(data: DataFolder, tmp_path: Path) -> None:
    data.remove("assumptions/lifetimes.csv", "LIFE-SOLAR-PV")
    stopped = stopped_by(data, tmp_path / "warehouse")
    assert "LIFE-SOLAR-PV" in stopped.message_en
    assert "LIFE-SOLAR-PV" in stopped.message_ja
    assert not (tmp_path / "warehouse" / "current.duckdb").exists()


def test_tonnes_lost_on_the_way_stop_the_build(
    monkeypatch: pytest.MonkeyPatch, folder: Path, data: DataFolder
) -> None:
    def losing(frames: Mapping[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
        derived = etl.steps.derive(frames, day)
        kept = ~pl.col("issuance_id").str.starts_with("MN")
        return {**derived, "verified": derived["verified"].filter(kept)}

    monkeypatch.setattr(build_module, "derive", losing)
    data.set(PROJECTS, "VN017", note="changed")
    before = (folder / "current.duckdb").resolve()
    stopped = stopped_by(data, folder)
    assert "identities fail" in stopped.message_en
    assert "整合性検査" in stopped.message_ja
    assert (folder / "current.duckdb").resolve() == before


def test_a_derived_row_that_breaks_its_contract_stops_the_build(data: DataFolder) -> None:
    frames = prepare(data.path, Limits(), lambda _: None).frames
    spoilt = {**frames, "expected": frames["expected"].with_columns(pl.lit(-1).alias("tco2"))}
    with pytest.raises(BuildStopped, match=r"expected breaks its contract: .*tco2"):
        enforce_contracts(spoilt)


def test_a_file_that_lost_a_row_is_not_published(
    monkeypatch: pytest.MonkeyPatch, folder: Path, data: DataFolder
) -> None:
    def losing(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
        write_file(path, {**frames, "milestone": frames["milestone"].head(-1)})

    monkeypatch.setattr(build_module, "write_file", losing)
    data.set(PROJECTS, "VN017", note="changed")
    before = (folder / "current.duckdb").resolve()
    stopped = stopped_by(data, folder)
    assert "does not hold milestone as it was written" in stopped.message_en
    assert (folder / "current.duckdb").resolve() == before
    assert not [path for path in folder.iterdir() if "unfinished" in path.name]


# Rejected rows


def test_rejected_rows_and_emptied_cells_are_kept_in_the_file_with_their_reason(
    data: DataFolder, tmp_path: Path
) -> None:
    line = data.set(PROJECTS, "VN017", est_annual_tco2="about 300")
    build(data.path, tmp_path / "warehouse", acknowledged="a test")
    found = rows(
        tmp_path / "warehouse",
        "SELECT file, line, \"column\", value, rule, message_en, message_ja, row_json->>'project_id' "
        "FROM record.quarantine WHERE table_name = 'project' AND NOT starts_with(rule, 'goes with ')",
    )
    assert len(found) == 1
    file, at, column, value, _, english, japanese, key = found[0]
    assert (file, at, column, value, key) == (PROJECTS, line, "est_annual_tco2", "about 300", "VN017")
    assert f"line {line}, column est_annual_tco2: found “about 300”" in str(english)
    assert f"{line} 行目" in str(japanese)
    assert rows(
        tmp_path / "warehouse",
        "SELECT est_annual_tco2, level, tco2_column FROM history.project, record.quarantine "
        "WHERE project_id = 'VN017' AND subject = project_id AND \"column\" = 'est_annual_tco2'",
    ) == [(None, "cell", "est_annual_tco2")]
