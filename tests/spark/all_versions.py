"""The code of docs/spark.md, run as it stands there."""

import re
from collections.abc import Callable
from typing import Any

from tests.spark.equality_table import PAGE


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def expected_by_version() -> str:
    """The query across versions."""
    (sql,) = _blocks("sql")
    return sql


def functions_of_the_page() -> dict[str, Callable[..., Any]]:
    """What its Python defines."""
    defined: dict[str, Any] = {}
    for block in _blocks("python"):
        exec(block, defined)  # noqa: S102 - as its reader does
    return defined
