"""The SQL of the shared filters, made from their one list: parameters, conditions on rows, and values of projects."""

# ruff: noqa: S608 - tables and columns come from the list of filters; what a reader chose is bound

from model.filters import FILTERS, Filter
from queries.parameters import Parameter


def _type(one: Filter) -> str:
    return "INTEGER" if one.is_number else "VARCHAR"


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"


def _column(one: Filter, alias: str) -> str:
    column = f"{alias}.{one.column}"
    return column if one.missing is None else f"coalesce({column}, {_literal(one.missing)})"


def filter_parameters() -> tuple[Parameter, ...]:
    """A parameter for each filter: a list of values, null for all."""
    return tuple(
        Parameter(
            one.parameter,
            f"{_type(one)}[]",
            "null",
            f"{one.takes_en}; null for all",
            f"{one.takes_ja}。null はすべて",
            (f"@{one.key}",),
        )
        for one in FILTERS
    )


def _condition(one: Filter) -> str:
    given = f"CAST(${one.parameter} AS {_type(one)}[])"
    if one.of == "stage":
        held = (
            "r.project_id IN (\n"
            "  SELECT ps.project_id FROM history.project_state AS ps\n"
            "  WHERE ps.known_on <= CAST($as_of AS DATE)"
            " AND (ps.known_until IS NULL OR ps.known_until > CAST($as_of AS DATE))\n"
            f"    AND array_contains({given}, ps.{one.column}))"
        )
    elif one.of == "project":
        held = (
            f"r.project_id IN (\n  SELECT pp.project_id FROM {one.table} AS pp\n"
            f"  WHERE array_contains({given}, pp.{one.column}))"
        )
    else:
        held = f"array_contains({given}, {_column(one, 'r')})"
    return f"AND ({given} IS NULL OR {held})"


def conditions() -> dict[str, str]:
    """For each parameter its condition on rows named `r`, which hold the columns of the filters and `project_id`."""
    return {one.parameter: _condition(one) for one in FILTERS}


def project_values() -> str:
    """Every value of each filter of the projects of `held`: filter, value, project_id, known."""
    parts = []
    for one in FILTERS:
        joined = f" INNER JOIN {one.table} AS x ON x.project_id = h.project_id" if one.of == "project" else ""
        value = f"CAST({_column(one, 'x' if joined else 'h')} AS VARCHAR)"
        parts.append(
            f"SELECT '{one.key}' AS filter, {value} AS value, h.project_id, h.known FROM held AS h{joined}"
        )
    return "\nUNION ALL\n".join(parts)


def group_value() -> str:
    """The column `value` of rows named `r`: that of the filter whose key is the parameter `by`, the country by default."""
    country, *others = (one for one in FILTERS if one.of == "row")
    cases = "\n".join(f"  WHEN $by = '{one.key}' THEN CAST({_column(one, 'r')} AS VARCHAR)" for one in others)
    return f"CASE\n{cases}\n  ELSE r.{country.column}\nEND AS value,"
