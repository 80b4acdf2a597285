"""`python -m package`: writes the data set as a Data Package."""

import sys
from pathlib import Path

from cyclopts import App
from rich.console import Console

from package.archive import file_name, package_of
from queries.warehouse import WarehouseUnavailable, current

DONE, FAILED, NO_DATA = 0, 1, 2

app = App(
    name="python -m package",
    version_flags=(),
    help="Write the whole data set as a Data Package (ZIP: datapackage.json, CSV, Parquet, README).\n\n"
    "Exit codes: 0 done; 1 the file could not be written; 2 there are no data.",
)
console = Console(soft_wrap=True)


@app.default
def package(to: Path = Path("build")) -> int:
    """Write the package.

    Parameters
    ----------
    to
        Folder to write into, or a path that ends in .zip.
    """
    try:
        warehouse = current()
    except WarehouseUnavailable as error:
        sys.stderr.write(f"{error}\n")
        return NO_DATA
    path = to if to.suffix == ".zip" else to / file_name(warehouse.data_version)
    beside = path.with_name(f".{path.name}.unfinished")
    body = package_of(warehouse)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(body)
        beside.replace(path)
    except OSError as error:
        sys.stderr.write(f"{path} cannot be written ({error.strerror or error}); no file was left half.\n")
        return FAILED
    finally:
        if beside.parent.is_dir():
            beside.unlink(missing_ok=True)
    console.print(f"{path} ({len(body):,} bytes)", markup=False)
    return DONE


if __name__ == "__main__":
    sys.exit(app())
