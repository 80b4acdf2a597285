"""The Dockerfile followed line by line in folders, one for the root of each stage: no Docker is needed.

Paths of the image become paths below the root of the stage. The system's packages are only asked for: whether they
exist, where this is Debian.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.dockerfile import Stage, command, copy_context, stages
from tests.running_server import RunningServer
from tests.serve.conftest import fetch

_PLACES = re.compile(r"(?<![\w./-])/(?:opt|srv|var)\b")
_APT = '#!/bin/sh\n[ "$1" = update ] && exit 0\n[ -x /usr/bin/apt-get ] || exit 0\nexec /usr/bin/apt-get -s "$@"\n'
_MINUTES = 20


class Built:
    """Stages as far as they were followed: the root of each, and the environment and folder at its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.roots: dict[str, Path] = {}
        self.environments: dict[str, dict[str, str]] = {}
        self._folders: dict[str, str] = {}
        tools = folder / "tools"
        tools.mkdir()
        (tools / "apt-get").write_text(_APT)
        (tools / "apt-get").chmod(0o755)
        (tools / "python").symlink_to(sys.executable)
        self._tools = tools

    def here(self, text: str, root: Path) -> str:
        """Text of the Dockerfile with its paths below the root of a stage."""
        return _PLACES.sub(lambda found: f"{root}{found[0]}", text)

    def follow(self, stage: Stage, number: int) -> None:
        """Carry out all steps of a stage."""
        name = stage.name or str(number)
        root = self._folder / f"stage-{name}"
        if stage.base in self.roots:
            shutil.copytree(self.roots[stage.base], root, symlinks=True)
            mine, where = dict(self.environments[stage.base]), self._folders[stage.base]
        else:
            root.mkdir()
            mine, where = {"PATH": f"{self._tools}:{os.environ['PATH']}"}, "/"
            mine |= {k: v for k, v in os.environ.items() if k.startswith("PIP_") or k.endswith("_PROXY")}
        self.roots[name], self.environments[name] = root, mine
        for step in stage.steps:
            match step.name:
                case "ARG":
                    key, _, usual = step.value.partition("=")
                    mine[key] = usual
                case "ENV":
                    for pair in step.value.split():
                        key, _, value = pair.partition("=")
                        mine[key] = self.here(value, root).replace("$PATH", mine["PATH"])
                case "WORKDIR":
                    where = step.value
                    (root / where.strip("/")).mkdir(parents=True, exist_ok=True)
                case "COPY":
                    self._copy(step.value, root, where)
                case "RUN":
                    at = root / where.strip("/")
                    told = subprocess.run(
                        ["sh", "-c", self.here(step.value, root)], cwd=at, env=mine, capture_output=True,
                        text=True, check=False, timeout=_MINUTES * 60,
                    )  # fmt: skip
                    assert told.returncode == 0, f"{step.value}\n{told.stdout[-3000:]}\n{told.stderr[-3000:]}"
                case "USER" | "EXPOSE" | "STOPSIGNAL" | "HEALTHCHECK" | "CMD":
                    pass  # said of the finished image
                case _:
                    pytest.fail(f"{step.name} is not known here")
        self._folders[name] = where

    def _copy(self, value: str, root: Path, where: str) -> None:
        words = value.split()
        options = dict(w.removeprefix("--").split("=", 1) for w in words if w.startswith("--"))
        *sources, to = [w for w in words if not w.startswith("--")]
        target = root / (to if to.startswith("/") else f"{where}/{to}").strip("/")
        target.mkdir(parents=True, exist_ok=True)
        if "from" in options:
            for source in sources:
                taken = self.roots[options["from"]] / source.strip("/")
                shutil.copytree(taken, target, symlinks=True, dirs_exist_ok=True)
            return
        context = self._folder / "context"
        if not context.exists():
            copy_context(context)
        for source in sources:
            if (context / source).is_dir():
                shutil.copytree(context / source, target, dirs_exist_ok=True)
            else:
                shutil.copy2(context / source, target)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """All stages."""
    image = Built(tmp_path_factory.mktemp("image"))
    for number, stage in enumerate(stages()):
        image.follow(stage, number)
    yield image
    for root in image.roots.values():
        shutil.rmtree(root)


def test_the_image_serves_at_once_writes_nothing_and_is_healthy(built: Built) -> None:
    final = stages()[-1]
    name = str(len(stages()) - 1)
    root = built.roots[name]
    program = shutil.which("python", path=built.environments[name]["PATH"])
    assert program == f"{root}/opt/venv/bin/python"  # the packages of the image, not those of the tests
    mine = {
        **built.environments[name],
        "JCM_SERVE_HOST": "127.0.0.1",
        "JCM_SERVE_PORT": "0",
        "JCM_SERVE_WARM": "0",
    }
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    at = root / final.last("WORKDIR").strip("/")
    with RunningServer([program, *command(final.last("CMD"))[1:]], mine, folder=at) as running:
        assert fetch(running, "/ready").status == 200
        assert fetch(running, "/countries").status == 200
        asked = [program, *command(final.last("HEALTHCHECK"))[1:]]
        about = {**mine, "JCM_SERVE_PORT": str(running.port)}
        assert subprocess.run(asked, cwd=at, env=about, check=False).returncode == 0
        assert running.stop(15) == 0
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before
