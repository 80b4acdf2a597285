"""The data behind a page: their version and counts, and the day of the list of projects."""

from typing import Any

from queries.warehouse import Warehouse


def build_of(warehouse: Warehouse) -> dict[str, Any]:
    """The row of `build_info`, with the list's own day (list_of_on) and the days until it is due (list_cadence_days)."""
    (build,) = warehouse.run("build_info").to_pylist()
    files = warehouse.run("source_files").to_pylist()
    projects = next(row for row in files if row["table_name"] == "project")
    return build | {"list_of_on": projects["facts_of_on"], "list_cadence_days": projects["cadence_days"]}
