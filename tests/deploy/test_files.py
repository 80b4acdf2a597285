"""Dockerfile, compose.yaml, units: right in form, and the image's command serves from what the image would hold."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose

from serve.__main__ import app
from serve.connections import SECONDS_TO_FINISH
from serve.plain_requests import trusted_proxies
from serve.settings import Operation, unknown_variables
from tests.deploy.dockerfile import ROOT, Stage, command, context_files, copy_context, stages
from tests.running_server import RunningServer

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
OPTIONS = [name for argument in app.assemble_argument_collection() for name in argument.names]


def image() -> Stage:
    return stages()[-1]


def compose() -> dict[str, dict[str, dict[str, object]]]:
    whole: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (ROOT / "compose.yaml").read_text(encoding="utf-8")
    )
    return whole


def test_the_dockerfile_is_clean() -> None:
    hadolint = Path(sysconfig.get_path("scripts")) / "hadolint"
    if not hadolint.exists():
        pytest.skip("no hadolint for this machine")
    told = subprocess.run(
        [hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_bases_have_a_version_and_nobody_is_root() -> None:
    names = {stage.name for stage in stages()}
    for stage in stages():
        assert stage.base in names or stage.base.split(":")[1][0].isdigit(), stage.base
    user, _, group = image().last("USER").partition(":")
    assert int(user) > 0
    assert int(group) > 0


def test_what_is_copied_is_there_and_all_that_runs_is_in_the_context() -> None:
    context = {path.as_posix() for path in context_files()}
    for stage in stages():
        for step in stage.steps:
            if step.name == "COPY" and "--from" not in step.value and not step.value.startswith(". "):
                assert set(step.value.split()[:-1]) <= context, step.value
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    rooms = ("etl", "exports", "model", "pages", "queries", "serve", "static", "view", "workbench", "data")
    needed = {name for name in kept.stdout.split("\0") if name.split("/")[0] in rooms}
    assert {name for name in needed if (ROOT / name).is_file()} <= context
    assert not [name for name in context if name.split("/")[0] in {"tests", "docs", ".venv", ".git"}]
    assert not [
        name for name in context if name.startswith(("data/own", "data/warehouse", ".streamlit/secrets"))
    ]


def test_variables_that_are_set_exist() -> None:
    set_here = list(image().environment())
    for service in compose()["services"].values():
        given = service.get("environment", {})
        assert isinstance(given, dict)
        set_here += given
    for unit in UNITS:
        lines = unit.read_text(encoding="utf-8").splitlines()
        set_here += [
            word.split("=")[0] for x in lines if x.startswith("Environment=") for word in x[12:].split()
        ]
    assert "JCM_SERVE_LOG_FORMAT" in set_here
    assert unknown_variables(set_here, OPTIONS) == []


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for name in OPTIONS:
        if not name.startswith("--no-") and name != "*":
            variable = "JCM_SERVE_" + name.removeprefix("--").replace("-", "_").upper()
            assert f"`{variable}`" in told, variable


def test_the_proxies_that_compose_names_are_believed() -> None:
    named = [
        str(variables["FORWARDED_ALLOW_IPS"])
        for service in compose()["services"].values()
        if isinstance(variables := service.get("environment"), dict) and "FORWARDED_ALLOW_IPS" in variables
    ]
    assert named
    assert all(trusted_proxies(given) for given in named)


def test_compose_is_valid_and_nothing_in_it_may_more_than_it_needs() -> None:
    whole = compose()
    PyCompose.from_json(json.dumps(whole)).validate()
    services = whole["services"]
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
    for name in ("app-1", "app-2"):
        grace = int(str(services[name]["stop_grace_period"]).rstrip("s"))
        assert grace > Operation().drain_seconds + SECONDS_TO_FINISH
        assert services[name]["networks"] == ["inside"]  # since it trusts whoever forwards
        assert f"server {name}:{image().environment()['JCM_SERVE_PORT']} " in nginx_file()


def nginx_file() -> str:
    return (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_right_and_walled_in(unit: Path, tmp_path: Path) -> None:
    for one in UNITS:  # verify looks whether the program and its folder are there
        text = one.read_text(encoding="utf-8").replace("/srv/jcm/.venv/bin/python", sys.executable)
        (tmp_path / one.name).write_text(text.replace("/srv/jcm", str(ROOT)), encoding="utf-8")
    here = tmp_path / unit.name
    told = subprocess.run(
        ["systemd-analyze", "verify", here], capture_output=True, text=True, check=False, timeout=60
    )
    assert (told.returncode, told.stderr) == (0, "")
    if unit.suffix == ".service":
        check = ["systemd-analyze", "security", "--offline=true", "--threshold=25", "--no-pager", here]
        told = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)
        assert told.returncode == 0, told.stdout


def test_a_refresh_that_fails_stops_neither_the_builds_nor_the_next_one(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\necho "$3" >>{calls}\n[ "$(wc -l <{calls})" -ge 5 ] && kill $PPID\nexit 1\n'
    )
    python.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "JCM_REFRESH_SECONDS": "0"}
    script = ROOT / "deploy" / "refresh_daily.sh"
    told = subprocess.run(
        ["sh", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 0
    assert calls.read_text().split() == ["build", "refresh", "build", "refresh", "build"]
    assert "refresh: exit code 1" in told.stdout


def listing(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_the_command_of_the_image_serves_from_its_files_alone_and_writes_none(
    warehouse_dir: Path, tmp_path: Path
) -> None:
    copy_context(tmp_path / "srv")
    before = listing(tmp_path / "srv")
    mine = {
        **image().environment(),
        "PATH": os.environ["PATH"],
        "JCM_WAREHOUSE_DIR": str(warehouse_dir),
        "JCM_SERVE_PORT": "0",
        "JCM_SERVE_HOST": "127.0.0.1",
        "JCM_SERVE_WARM": "0",
    }
    python, *rest = command(image().last("CMD"))
    assert python == "python"
    with RunningServer([sys.executable, *rest], mine, folder=tmp_path / "srv") as running:
        asked = command(image().last("HEALTHCHECK"))
        check = [sys.executable, *asked[1:]]

        def is_healthy(port: int) -> int:
            about = {**os.environ, "JCM_SERVE_PORT": str(port)}
            return subprocess.run(
                check, cwd=tmp_path / "srv", env=about, check=False, capture_output=True
            ).returncode

        assert is_healthy(running.port) == 0
        assert is_healthy(1) == 1
    assert listing(tmp_path / "srv") == before
