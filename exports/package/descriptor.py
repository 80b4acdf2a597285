"""`datapackage.json` by the Data Package standard, version 2, from the columns of the warehouse and their meaning.

https://datapackage.org/standard/data-package/
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from view.texts import Texts, texts

_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_TYPES: Final = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DATE": "date",
    "BOOLEAN": "boolean",
}
NAME: Final = "jcm-target-tracker"
Rows = Sequence[Mapping[str, Any]]


def licences(t: Texts) -> list[dict[str, str]]:
    """Under which terms the data may be used, as the standard has it; `path` of the first is that of our own text."""
    return [
        {
            "name": "notspecified",
            "path": "README.md",
            "title": t(
                "Facts read from public pages; rights in the pages stay with their publishers. Reuse of the JCM"
                " website's content is allowed with the source named."
            ),
        },
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": t(
                "Places by GeoNames (CC BY 4.0): tables project_place, project_site, place_reading and province."
            ),
        },
    ]


def descriptor_of(
    columns: Rows,
    build: Mapping[str, Any],
    as_of: date,
    files: Mapping[str, bytes],
    sizes: Mapping[str, int],
) -> dict[str, Any]:
    """The descriptor of a package.

    `columns` are rows of the query `columns`, ordered by table and position; `files` the CSV of each table by its path;
    `sizes` the rows of each table and view.
    """
    tables = [(name, list(rows)) for name, rows in groupby(columns, key=lambda r: r["table_name"])]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": NAME,
        "id": f"{NAME}-{build['data_version']}",
        "title": "JCM target tracker",
        "description": "How far the Joint Crediting Mechanism is from its cumulative targets: projects, issuances,"
        " Article 6 events, targets and statements, each with its source. A partial compilation of"
        " public statements; read README.md before you use a figure.",
        "version": build["data_version"],
        # The day of the data and no clock: the same version makes the same bytes.
        "created": f"{as_of.isoformat()}T00:00:00Z",
        "keywords": ["Joint Crediting Mechanism", "JCM", "二国間クレジット制度", "Article 6", "ITMO"],
        "licenses": licences(texts("en")),
        "contributors": [{"title": "JCM target tracker", "roles": ["compiler"]}],
        "sources": [
            {"title": "JCM website", "path": "https://www.jcm.go.jp/"},
            {"title": "Every other page: table source"},
        ],
        "resources": [_resource(name, rows, files[csv_path(name)], sizes[name]) for name, rows in tables],
    }


def csv_path(table: str) -> str:
    """Path of the CSV of a table in the package."""
    return f"csv/{table}.csv"


def parquet_name(table: str) -> str:
    """Name of its Parquet file."""
    return f"{table}.parquet"


def parquet_path(table: str) -> str:
    """Path of that file in the package."""
    return f"parquet/{parquet_name(table)}"


def _resource(table: str, columns: list[Mapping[str, Any]], body: bytes, rows: int) -> dict[str, Any]:
    first = columns[0]
    keys = [c["column_name"] for c in columns if c["is_key"]]
    references = [c for c in columns if c["refers_to"] and not c["is_list"]]
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(c) for c in columns],
        "missingValues": [""],
    }
    # A key of which a part may be empty identifies a row, but is no primary key by the standard.
    if keys and not any(c["is_key"] and c["null_en"] for c in columns):
        schema["primaryKey"] = keys
    if references:
        schema["foreignKeys"] = [_foreign_key(c) for c in references]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.replace("_", "-"),
        "type": "table",
        "title": first["table_en"],
        "description": f"{first['table_en']} | {first['table_ja']}",
        "path": csv_path(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": schema,
        "jcm:rows": rows,
        "jcm:isView": first["table_rows"] is None,
        "jcm:parquet": parquet_path(table),
    }


def _foreign_key(column: Mapping[str, Any]) -> dict[str, Any]:
    table, _, key = column["refers_to"].rpartition(".")
    return {
        "fields": [column["column_name"]],
        "reference": {"resource": table.replace("_", "-"), "fields": [key]},
    }


def _field(column: Mapping[str, Any]) -> dict[str, Any]:
    kind = _TYPES[column["sql_type"]]
    null_en = f" Empty: {column['null_en']}." if column["null_en"] else ""
    null_ja = f" 空欄：{column['null_ja']}。" if column["null_ja"] else ""
    listed = (
        f" Values separated by semicolons, each a key of {column['refers_to']}." if column["is_list"] else ""
    )
    constraints: dict[str, Any] = {}
    if not column["null_en"]:
        constraints["required"] = True
    if column["terms"]:
        constraints["enum"] = column["terms"].split(";")
    for name, limit in (("minimum", column["least"]), ("maximum", column["most"])):
        if limit is not None:
            constraints[name] = int(limit) if kind == "integer" else limit
    return {
        "name": column["column_name"],
        "type": kind,
        "title": column["meaning_en"],
        "description": f"{column['meaning_en']}.{null_en}{listed} | {column['meaning_ja']}。{null_ja}",
        **({"unit": column["unit"]} if column["unit"] else {}),
        **({"constraints": constraints} if constraints else {}),
    }
