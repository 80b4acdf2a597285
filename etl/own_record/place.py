"""Where an own record lies, and where the warehouse made of it."""

import os
import shutil
from datetime import date
from pathlib import Path

from etl.sources.stops import BuildStopped

OWN_FOLDER = "own"
"""Folder below that of the public warehouse, and below data/ where no other is named."""
LAID_OVER = "laid-over"
"""File in it that names the public version beneath; it is written last. The app shows no own record over another one."""
OWN_RECORD_VARIABLE = "JCM_OWN_RECORD"


def lay_own_record(data: Path, warehouse_dir: Path, today: date) -> list[str]:
    """Build the warehouse with the organisation's own record beside the public one, or remove it where there is none.

    Returns in words what was done. Raises BuildStopped; the public warehouse stays as it is.
    """
    named = os.environ.get(OWN_RECORD_VARIABLE)
    try:
        folder = own_folder(data, named)
        if folder is None:
            return _taken_off(warehouse_dir, named)
        from etl.own_record.laying import lay  # noqa: PLC0415 - a public build needs no reader of workbooks

        laid, report = lay(data, warehouse_dir, folder, today)
    except BuildStopped as stopped:
        remove_own(warehouse_dir)
        raise BuildStopped(
            f"the own record is not laid over the public one, which is published. {stopped.message_en}",
            f"自組織の記録は重ねていません（公表記録は構築済み）。{stopped.message_ja}",
        ) from stopped
    return [
        *laid.summary(),
        f"published with the own record: {report.path}",
        f"what became of each row: {warehouse_dir / OWN_FOLDER / 'report.csv'}",
    ]


def own_folder(data: Path, named: str | None) -> Path | None:
    """Return the folder of the own record: the one named, else data/own; None where it has no file of a record.

    Raises BuildStopped for a folder that is named and not there.
    """
    folder = Path(named) if named else data / OWN_FOLDER
    if not folder.is_dir():
        if not named:
            return None
        raise BuildStopped(
            f"{OWN_RECORD_VARIABLE}={named}: there is no such folder. Name the folder of the own record, or unset the variable.",
            f"{OWN_RECORD_VARIABLE}={named}：フォルダーがありません。自組織の記録のフォルダーを指定するか、変数を解除してください。",
        )
    return folder if any(_may_be_record(path, folder) for path in folder.rglob("*")) else None


def _may_be_record(path: Path, folder: Path) -> bool:
    """Whether a file holds, or was meant to hold, a record: not hidden, no locked copy (`~$…`), no mapping, no note."""
    is_hidden = any(part[0] in ".~" for part in path.relative_to(folder).parts)
    return path.is_file() and not is_hidden and path.suffix.lower() not in {".toml", ".md", ".txt"}


def remove_own(warehouse_dir: Path) -> None:
    """Remove the warehouse of an own record with all that lies beside it."""
    shutil.rmtree(warehouse_dir / OWN_FOLDER, ignore_errors=True)


def _taken_off(warehouse_dir: Path, named: str | None) -> list[str]:
    was_there = (warehouse_dir / OWN_FOLDER).exists()
    remove_own(warehouse_dir)
    if (warehouse_dir / OWN_FOLDER).exists():
        raise BuildStopped(
            f"{warehouse_dir / OWN_FOLDER} cannot be removed. Remove it by hand: it holds the own record.",
            f"{warehouse_dir / OWN_FOLDER} を削除できません。自組織の記録が含まれるため、手動で削除してください。",
        )
    empty = (
        [f"{OWN_RECORD_VARIABLE}={named}: the folder has no files; there is no own record"] if named else []
    )
    return [*empty, *(["the own record was taken off"] if was_there else [])]
