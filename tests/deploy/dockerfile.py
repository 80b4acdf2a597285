"""The Dockerfile as a list of steps, what Docker would send as its context, and its variables put in."""

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from dockerfile_parse import DockerfileParser

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Step:
    """One instruction: `RUN`, `COPY`, … and what stands behind it."""

    name: str
    value: str


@dataclass
class Stage:
    """One `FROM` with its steps; `name` is empty where it has none."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def last(self, name: str) -> str:
        """What stands behind the last instruction of this name."""
        return next(step.value for step in reversed(self.steps) if step.name == name)

    def environment(self) -> dict[str, str]:
        """All that ENV sets."""
        whole = " ".join(step.value for step in self.steps if step.name == "ENV")
        return dict(pair.split("=", 1) for pair in whole.split())


def stages(arguments: dict[str, str] | None = None) -> list[Stage]:
    """All stages, the arguments before the first of them put into their bases."""
    given = dict(arguments or {})
    found: list[Stage] = []
    parser = DockerfileParser(path=str(ROOT / "Dockerfile"), cache_content=True, env_replace=False)
    for one in parser.structure:
        name, value = one["instruction"], one["value"]
        if name == "COMMENT":
            continue
        if name == "ARG" and not found:
            key, _, usual = value.partition("=")
            given.setdefault(key, usual)
        elif name == "FROM":
            base, _, stage = re.sub(r"\$\{(\w+)\}", lambda m: given[m[1]], value).partition(" AS ")
            found.append(Stage(base, stage))
        else:
            found[-1].steps.append(Step(name, value))
    return found


def command(value: str) -> list[str]:
    """Words of a command in exec form, as CMD and HEALTHCHECK have it."""
    words: list[str] = json.loads(value[value.index("[") :])
    return words


def _pattern(rule: str) -> re.Pattern[str]:
    parts = re.escape(rule).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(parts)


def context_files() -> list[Path]:
    """Files of the context, relative to the root: the last rule of .dockerignore that fits a file or a folder above holds."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [
        (_pattern(line.removeprefix("!").strip("/")), line.startswith("!"))
        for line in lines
        if line and not line.startswith("#")
    ]
    rooms = {line.removeprefix("!").split("/")[0] for line in lines if line.startswith("!")}
    places = [ROOT / room for room in sorted(rooms)]
    files = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
    return [
        path.relative_to(ROOT)
        for path in files
        if path.is_file() and _is_taken(path.relative_to(ROOT), rules)
    ]


def _is_taken(path: Path, rules: list[tuple[re.Pattern[str], bool]]) -> bool:
    names = [one.as_posix() for one in (path, *path.parents)]
    is_taken = True
    for pattern, takes in rules:
        if any(pattern.fullmatch(name) for name in names):
            is_taken = takes
    return is_taken


def copy_context(to: Path) -> None:
    """Lays the context into a folder."""
    for path in context_files():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, to / path)
