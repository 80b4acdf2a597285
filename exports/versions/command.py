"""`python -m exports versions`: writes every kept data version into one folder of Parquet files."""

import sys
from pathlib import Path

from exports.versions.layout import only_writer, partition, write_version
from exports.writing_files import DONE, FAILED, refuse
from queries.warehouse import WarehouseUnavailable, current, kept_versions, version


def versions(*, out: Path = Path("build/versions")) -> int:
    """Write every kept data version as Parquet, partitioned by version, so that all can be queried together.

    Versions that stand in the folder already stay as they are, also those that are no longer kept as DuckDB files.

    Exit codes: 0 done; 1 a version could not be written whole, and nothing of it was; 2 there are no data.

    Parameters
    ----------
    out
        Folder to write into.
    """
    try:
        current()
    except WarehouseUnavailable as error:
        return refuse(str(error))
    code = DONE
    try:
        with only_writer(out):
            for name in reversed(kept_versions()):
                place = partition(out, name)
                if place.is_dir():
                    sys.stdout.write(f"{place}: there already\n")
                    continue
                try:
                    tables = write_version(out, version(name))
                except WarehouseUnavailable as error:
                    code = refuse(f"{name} is left out: {error}", FAILED)
                else:
                    sys.stdout.write(f"{place}: {tables} tables\n")
    except OSError as error:
        return refuse(
            f"{out} cannot be written ({error.strerror or error}); no version was left half.", FAILED
        )
    return code
