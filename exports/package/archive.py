"""The package as one ZIP file. The same data version makes the same bytes."""

import json

from exports.package.descriptor import csv_path, descriptor_of, parquet_path
from exports.package.readme import Record, readmes
from queries.warehouse import Warehouse
from view.downloads import parquet, plain_csv, zipped


def file_name(data_version: str) -> str:
    """Name of the archive."""
    return f"jcm_datapackage_{data_version}.zip"


def package_files(warehouse: Warehouse) -> dict[str, bytes]:
    """Every file of the package by its path."""
    columns = warehouse.run("columns").to_pylist()
    build = warehouse.run("build_info").to_pylist()[0]
    sizes: dict[str, int] = {}
    data: dict[str, bytes] = {}
    typed: dict[str, bytes] = {}
    for name in dict.fromkeys(row["table_name"] for row in columns):
        rows = warehouse.table(name)
        sizes[name] = rows.num_rows
        data[csv_path(name)] = plain_csv(rows)
        typed[parquet_path(name)] = parquet(rows)
    described = descriptor_of(columns, build, warehouse.data_as_of, data, sizes)
    record = Record(
        warehouse.data_version,
        warehouse.data_as_of,
        columns,
        sizes,
        warehouse.run("ladder").to_pylist(),
        warehouse.run("issuances").to_pylist(),
        warehouse.run("reconciliation").to_pylist(),
    )
    texts = readmes(record)
    return {
        "datapackage.json": (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode(),
        **{name: text.encode() for name, text in texts.items()},
        **data,
        **typed,
    }


def package_of(warehouse: Warehouse) -> bytes:
    """The archive of a data version; equal for equal versions."""
    return zipped(package_files(warehouse))
