"""The data version: a hash of the inputs, of the code that reads and derives, and of the engines.

Of the limits only the longest cell plays a part: the others stop a build, but change no row.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from etl.sources.limits import Limits

ROOT = Path(__file__).parent.parent.parent
CODE = ("etl", "model")
NOT_CODE = ("importers", "refresh", "own_record")
"""Rooms of etl that propose facts, or lay an own record over them, and take no part in a build of the public one."""
VERSION_LENGTH = 12
INPUTS = ("*.csv", "*.toml")
NOT_INPUT = "warehouse"
OWN_RECORD = "own"
"""Folder below data/ of an organisation's own record: the public version knows nothing of it."""


@dataclass(frozen=True)
class Version:
    """The version and what it was made of; equal inputs and code give an equal version."""

    data_version: str
    inputs_sha256: str
    code_sha256: str
    duckdb_version: str
    polars_version: str


def version_of(data_dir: Path, limits: Limits) -> Version:
    """Version of the data below a folder with the code of this project. The clock plays no part."""
    inputs = [path for pattern in INPUTS for path in data_dir.rglob(pattern) if path.is_file()]
    inputs_hash = _hash(data_dir, [p for p in inputs if _is_input(p.relative_to(data_dir))])
    code = [path for room in CODE for kind in ("*.py", "*.sql") for path in (ROOT / room).rglob(kind)]
    code_hash = _hash(ROOT, [p for p in code if p.relative_to(ROOT).parts[1] not in NOT_CODE])
    engines = f"duckdb {duckdb.__version__}, polars {pl.__version__}"
    whole = hashlib.sha256(f"{inputs_hash} {code_hash} {engines} {limits.max_cell}".encode()).hexdigest()
    return Version(whole[:VERSION_LENGTH], inputs_hash, code_hash, duckdb.__version__, pl.__version__)


def _is_input(path: Path) -> bool:
    """Whether a file below data/ takes part in a build; hidden ones are not finished."""
    is_public = path.parts[0] != OWN_RECORD and NOT_INPUT not in path.parts
    return is_public and not any(part.startswith(".") for part in path.parts)


def _hash(base: Path, paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        found.update(f"{path.relative_to(base).as_posix()} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()
