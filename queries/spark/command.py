"""`python -m queries transpile`: writes the named queries as Spark SQL."""

import json
import sys
from pathlib import Path
from typing import Literal

from queries.catalogue import catalogue
from queries.spark.transpile import spark_query
from queries.warehouse import Warehouse, WarehouseUnavailable, current

_README = Path(__file__).parent / "README.md"
_DONE, _FAILED, _WRONG_USAGE = 0, 1, 2


def transpile(*names: str, to: Literal["spark"], out: Path = Path("build/spark")) -> int:
    """Write named queries in the SQL of another engine, with a README that says how to run them.

    Exit codes: 0 done; 1 a file could not be written; 2 wrong usage, or there are no data.

    Parameters
    ----------
    names
        Names of queries; all of them when left out.
    to
        The engine. Only Spark: each query is compared there with DuckDB, and a dialect that is not would be a guess.
    out
        Folder to write into.
    """
    unknown = sorted(set(names) - set(catalogue()))
    if unknown:
        return _refuse(f"no query {', '.join(unknown)}; there are: {', '.join(catalogue())}", _WRONG_USAGE)
    try:
        files = _FILES[to](current(), names or tuple(catalogue()))
    except WarehouseUnavailable as error:
        return _refuse(str(error), _WRONG_USAGE)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            beside = out / f".{name}.unfinished"
            beside.write_text(text, encoding="utf-8")
            beside.replace(out / name)
    except OSError as error:
        return _refuse(f"{error.filename or out} cannot be written ({error.strerror})", _FAILED)
    queries = sum(name.endswith(".sql") for name in files)
    sys.stdout.write(f"{out}: {queries} queries, README.md and defaults.json\n")
    return _DONE


def spark_files(warehouse: Warehouse, names: tuple[str, ...]) -> dict[str, str]:
    """Texts of the folder by file name: the queries, defaults of their parameters, and how to run them."""
    macros = warehouse.macros()
    queries = [catalogue()[name] for name in names]
    # Days as text: each query casts them.
    defaults = {query.name: query.bind({}, warehouse.data_as_of) for query in queries}
    readme = _README.read_text(encoding="utf-8").format(
        version=warehouse.data_version, day=warehouse.data_as_of.isoformat()
    )
    return {
        **{f"{query.name}.sql": spark_query(query, macros) for query in queries},
        "defaults.json": json.dumps(defaults, default=str, indent=1) + "\n",
        "README.md": readme,
    }


_FILES = {"spark": spark_files}


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return code
