"""Files written whole or not at all, and how a command ends."""

import sys
from collections.abc import Mapping
from pathlib import Path

DONE, FAILED, WRONG_USAGE, NOTHING = 0, 1, 2, 3
"""Exit codes of every command; NOTHING where nothing was found."""


def write_whole(path: Path, body: bytes) -> None:
    """Writes beside and renames, so that no half file is ever found under the name. Makes the folder. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.unfinished")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> int:
    """Writes each file and says so; ends with a message where one cannot be written."""
    for name, body in files.items():
        try:
            write_whole(folder / name, body)
        except OSError as error:
            return refuse(
                f"{folder / name} cannot be written ({error.strerror or error}); no file was left half.",
                FAILED,
            )
        sys.stdout.write(f"{folder / name} ({len(body):,} bytes)\n")
    return DONE


def refuse(message: str, code: int = WRONG_USAGE) -> int:
    """Says why a command does nothing."""
    sys.stderr.write(f"{message}\n")
    return code
