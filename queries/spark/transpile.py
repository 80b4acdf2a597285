"""From the SQL of the warehouse to Spark SQL.

A call of a macro, `<view>_as_of(day)`, becomes the macro's statement as a subquery, with the arguments in the place of its
parameters. Tables become views of one session, `history.project` thus `history_project`: a reader needs no right to make
databases. The rest is SQLGlot's.
"""

from collections.abc import Mapping
from typing import TypeAlias

import sqlglot
from sqlglot import exp

from queries.catalogue import Query

Macros: TypeAlias = Mapping[str, tuple[list[str], str]]
"""Parameters and statement of each macro by its name, as `Warehouse.macros` gives them."""


def view_name(table: str) -> str:
    """Name on Spark of a table of the warehouse: those outside the schema main have their schema before theirs."""
    return table.replace(".", "_")


def spark_sql(duckdb_sql: str, macros: Macros) -> str:
    """The statement for Spark. Raises sqlglot.UnsupportedError for what has no counterpart there."""
    statement = sqlglot.parse_one(duckdb_sql, read="duckdb")
    _fill_in_macros(statement, "", macros)
    _name_views(statement)
    # DuckDB prints the statements of its macros with the name that it uses inside.
    for call in list(statement.find_all(exp.Anonymous)):
        if call.name.lower() == "count_star":
            call.replace(exp.Count(this=exp.Star()))
    return statement.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE, pretty=True)


def spark_query(query: Query, macros: Macros) -> str:
    """A named query for Spark, below what it asks, takes and returns, in both languages.

    Raises sqlglot.UnsupportedError for what has no counterpart there.
    """
    lines = [f"-- {query.name}: {query.title_en}", f"-- {query.title_ja}"]
    for p in query.parameters:
        kind = p.sql_type.replace("VARCHAR", "STRING").replace("INTEGER", "INT")
        kind = f"ARRAY<{kind.removesuffix('[]')}>" if kind.endswith("[]") else kind
        default = "the day of the data" if p.default == "data" else p.default
        lines += [f"-- :{p.name} {kind}, default {default}", f"--   {p.en}", f"--   {p.ja}"]
        if p.choices and not p.choices[0].startswith("@"):
            lines.append(f"--   one of: {', '.join(p.choices)}")
    lines += [f"-- returns {c.name}: {c.en} | {c.ja}" for c in query.columns]
    return "\n".join((*lines, spark_sql(query.sql, macros), ""))


def _fill_in_macros(statement: exp.Expr, place: str, macros: Macros) -> None:
    """Replaces every call in a statement; `place` tells calls within calls apart."""
    for n, table in enumerate(list(statement.find_all(exp.Table))):
        call = table.this
        if isinstance(call, exp.Anonymous):
            name = f"{table.db}.{call.name}" if table.db not in {"", "main"} else call.name
            parameters, sql = macros[name.lower()]
            body = _body(parameters, sql, call.expressions)
            inner = f"{place}{call.name}{n}_"
            _fill_in_macros(body, inner, macros)
            _rename_ctes(body, inner)
            table.replace(body.subquery(table.alias or call.name))


def _body(parameters: list[str], sql: str, given: list[exp.Expr]) -> exp.Select | exp.SetOperation:
    """The statement of a macro with the arguments of a call in the place of its parameters; null where none is given.

    The file does not tell defaults: all of ours are null.
    """
    arguments: dict[str, exp.Expr] = {name: exp.null() for name in parameters}
    for name, argument in zip(parameters, given, strict=False):
        if isinstance(argument, exp.PropertyEQ):
            arguments[argument.name] = argument.expression
        else:
            arguments[name] = argument
    body = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(body, exp.Select | exp.SetOperation)  # noqa: S101 - a macro gives rows
    for column in list(body.find_all(exp.Column)):
        if not column.table and column.name in arguments:
            column.replace(arguments[column.name].copy())
    return body


def _rename_ctes(body: exp.Select | exp.SetOperation, prefix: str) -> None:
    """Names of their own: SQLGlot moves them to the top of a statement for Spark, where two may be called alike."""
    names = {cte.alias: f"{prefix}{cte.alias}" for cte in body.ctes}
    for cte in body.ctes:
        cte.set("alias", exp.TableAlias(this=exp.to_identifier(names[cte.alias])))
    for table in body.find_all(exp.Table):
        if not table.db and table.name in names:
            _rename(table, names[table.name])


def _name_views(statement: exp.Expr) -> None:
    for table in list(statement.find_all(exp.Table)):
        if table.db:
            qualified = table.name if table.db == "main" else f"{table.db}.{table.name}"
            table.set("db", None)
            _rename(table, view_name(qualified))


def _rename(table: exp.Table, name: str) -> None:
    """Its columns keep the name that they are called by."""
    if not table.alias:
        table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
    table.set("this", exp.to_identifier(name))
