"""A published warehouse with other rows than the committed facts."""

import secrets
import shutil
from pathlib import Path

import duckdb

MANY_PROJECTS = tuple(
    f"INSERT INTO {table} SELECT t.* REPLACE ({keys}) FROM {table} AS t, range(1, 71) AS copies(n)"
    for table, keys in (
        ("history.project", "project_id || '-' || n AS project_id"),
        ("history.project_state", "project_id || '-' || n AS project_id"),
        ("history.expected", "project_id || '-' || n AS project_id"),
        ("project_site", "project_id || '-' || n AS project_id"),
        ("record.project_search", "project_id || '-' || n AS project_id"),
    )
)
"""Every project 71 times, so that there are twenty thousand of them."""


def changed(warehouse_dir: Path, to: Path, *statements: str) -> None:
    """A copy of the warehouse with other rows, published in another folder."""
    source = (warehouse_dir / "current.duckdb").resolve()
    path = to / "jcm-changed.duckdb"
    shutil.copyfile(source, path)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        # Pages keep what they built by version: no two copies share one.
        connection.execute("UPDATE record.build SET data_version = ?", [secrets.token_hex(6)])
    (to / "current.duckdb").symlink_to(path)
