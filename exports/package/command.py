"""`python -m exports package`: writes the data set as a Data Package."""

from pathlib import Path

from exports.package.archive import file_name, package_of
from exports.writing_files import refuse, write_files
from queries.warehouse import WarehouseUnavailable, current


def package(to: Path = Path("build")) -> int:
    """Write the whole data set as a Data Package (ZIP: datapackage.json, CSV, Parquet, README).

    Exit codes: 0 done; 1 the file could not be written; 2 there are no data.

    Parameters
    ----------
    to
        Folder to write into, or a path that ends in .zip.
    """
    try:
        warehouse = current()
    except WarehouseUnavailable as error:
        return refuse(str(error))
    folder, name = (to.parent, to.name) if to.suffix == ".zip" else (to, file_name(warehouse.data_version))
    return write_files(folder, {name: package_of(warehouse)})
