"""The command line: what it says, and the exit codes that scripts rely on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import etl.__main__ as cli
from etl.__main__ import main
from etl.sources.limits import Limits
from etl.warehouse.build import STAGES
from etl.warehouse.publish import only_build
from tests.etl.data_folder import DATA, PROJECTS, DataFolder

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(warehouse_dir: Path, tmp_path: Path) -> Path:
    """A warehouse folder with the committed facts published."""
    copy = tmp_path / "warehouse"
    shutil.copytree(warehouse_dir, copy, symlinks=True)
    return copy


def test_build_tells_its_stages_a_summary_and_where_the_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "warehouse"
    assert main(["build", "--warehouse", str(folder)]) == 0
    told = capsys.readouterr().out
    assert [f"[{n}/{len(STAGES)}] {stage}" for n, stage in enumerate(STAGES, start=1)] == told.splitlines()[
        : len(STAGES)
    ]
    assert "snapshot/projects.csv" in told
    assert "803,158 to 865,683" in told
    assert "identities hold" in told
    assert f"published: {(folder / 'current.duckdb').resolve()}" in told
    assert main(["build", "--warehouse", str(folder)]) == 0
    assert "up to date: " in capsys.readouterr().out


def test_the_folder_of_the_warehouse_may_come_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(folder))
    assert main(["info"]) == 0
    assert str(folder) in capsys.readouterr().out


def test_info_tells_version_day_rows_and_checks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--warehouse", str(folder)]) == 0
    told = capsys.readouterr().out
    assert (folder / "current.duckdb").resolve().stem.removeprefix("jcm-") in told
    assert "data of 2026-11-29" in told
    assert any(line.split()[1:4:2] == ["project", "289"] for line in told.splitlines() if "project " in line)
    assert "identities hold; 0 reasons for rejected rows or emptied cells" in told


def test_refused_data_give_1_the_reason_in_both_languages_and_leave_the_old_version(
    folder: Path, data: DataFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "current.duckdb").resolve()
    data.drop_column(PROJECTS, "iso3")
    assert main(["build", "--data", str(data.path), "--warehouse", str(folder)]) == 1
    told = capsys.readouterr().err
    assert f"refused: {PROJECTS}, line 1: the column iso3 is missing" in told
    assert f"{PROJECTS} の 1 行目" in told
    assert (folder / "current.duckdb").resolve() == before


def test_check_tells_what_a_build_would_refuse_and_writes_nothing(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path / "warehouse"))
    line = data.set(PROJECTS, "VN017", est_annual_tco2="-5")
    # A cell that held tonnes counts nowhere now: that has to be acknowledged.
    assert main(["check", "--data", str(data.path)]) == 1
    told = capsys.readouterr()
    assert f"{PROJECTS}, line {line}, column est_annual_tco2: found “-5”" in told.out
    assert f"{PROJECTS}, line {line}: a cell with" in told.err
    assert not (tmp_path / "warehouse").exists()
    data.write(PROJECTS, b"")
    assert main(["check", "--data", str(data.path)]) == 1
    assert f"{PROJECTS} is empty" in capsys.readouterr().err


def test_rejected_rows_of_the_published_version_are_told_by_info(
    data: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.set(PROJECTS, "VN017", title_en="<b>[bold red]x[/] =1+1", est_annual_tco2="=2+3")
    words = ["build", "--data", str(data.path), "--warehouse", str(tmp_path / "w")]
    assert main(words) == 1
    assert "--acknowledge" in capsys.readouterr().err
    assert main([*words, "--acknowledge", "a slip that is being looked into"]) == 0
    assert "acknowledged: a slip that is being looked into" in capsys.readouterr().out
    assert main(["info", "--warehouse", str(tmp_path / "w")]) == 0
    assert "column est_annual_tco2: found “=2+3”" in capsys.readouterr().out


def test_a_build_while_another_runs_gives_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_build(folder):
        assert main(["build", "--warehouse", str(folder)]) == 1
    assert "Another build is running" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_gives_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "warehouse").write_text("a file, not a folder")
    assert main(["build", "--warehouse", str(tmp_path / "warehouse")]) == 1
    assert "A file cannot be read or written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bild"], "Unknown command"),
        (["build", "--forse"], "Unknown option"),
        (["build", "--data", "no/such/folder"], "does not exist"),
        (["build", "--data", str(DATA / "targets" / "targets.csv")], "targets.csv"),
        (["info", "extra"], "extra"),
    ],
)
def test_wrong_usage_gives_2(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert told in captured.out + captured.err


@pytest.mark.parametrize(
    ("name", "value"), [("JCM_MAX_CELL", "many"), ("JCM_MAX_REJECT_SHARE", "5"), ("JCM_KEPT_VERSIONS", "0")]
)
def test_a_limit_that_is_none_gives_2_and_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{name}: ")
    assert f"“{value}”" in told


def test_no_warehouse_gives_3_and_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["info", "--warehouse", str(tmp_path)]) == 3
    assert "python -m etl build" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"not a database", None])
def test_a_damaged_warehouse_gives_3_and_says_what_to_run(
    folder: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = (folder / "current.duckdb").resolve()
    path.write_bytes(path.read_bytes()[:50_000] if content is None else content)
    assert main(["info", "--warehouse", str(folder)]) == 3
    told = capsys.readouterr().err
    assert "is damaged" in told
    assert "python -m etl build" in told


def test_an_interrupted_build_gives_130_and_leaves_nothing_half_done(
    folder: Path,
    data: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupted(stage: str) -> None:
        if stage == "verifying":
            raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_show", interrupted)
    data.set(PROJECTS, "VN017", note="changed")
    before = (folder / "current.duckdb").resolve()
    assert main(["build", "--data", str(data.path), "--warehouse", str(folder)]) == 130
    assert "keeps serving" in capsys.readouterr().err
    assert (folder / "current.duckdb").resolve() == before
    assert not [path for path in folder.iterdir() if "unfinished" in path.name]


def test_help_names_every_exit_code_and_every_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for code in ("0 done", "1 refused", "2 wrong usage", "3 there is no warehouse", "130 interrupted"):
        assert code in told
    for name in Limits.model_fields:
        assert f"JCM_{name.upper()}" in told


def test_the_dictionary_is_written_where_asked(tmp_path: Path) -> None:
    assert main(["dictionary", "--to", str(tmp_path / "dictionary.md")]) == 0
    written = (tmp_path / "dictionary.md").read_text(encoding="utf-8")
    assert "est_annual_tco2" in written


def test_the_process_ends_with_the_code_and_plain_lines(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "etl", "info", "--warehouse", str(tmp_path)]
    # As under cron: no terminal, no locale.
    ended = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=False
    )
    assert ended.returncode == 3
    assert b"\x1b" not in ended.stdout + ended.stderr
