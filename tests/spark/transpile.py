"""From the SQL of the warehouse to Spark SQL.

A call of a macro, `<view>_as_of(day)`, becomes the statement of the view as a subquery, with the arguments in the place
of its parameters. The rest is SQLGlot's.
"""

import sqlglot
from sqlglot import exp

from etl.warehouse.file import VIEWS_FOLDER

_SUFFIX = "_as_of"
_PARAMETERS = {"ladder": ("as_of", "until_fiscal_year")}
"""Parameters of the macros that have more than the day."""


def spark_sql(duckdb_sql: str) -> str:
    """The statement for Spark. Raises sqlglot.UnsupportedError for what has no counterpart there."""
    statement = sqlglot.parse_one(duckdb_sql, read="duckdb")
    _fill_in_macros(statement, "")
    return statement.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def _fill_in_macros(statement: exp.Expr, place: str) -> None:
    """Replaces every call in a statement; `place` tells calls within calls apart."""
    for n, table in enumerate(list(statement.find_all(exp.Table))):
        call = table.this
        if isinstance(call, exp.Anonymous) and call.name.endswith(_SUFFIX):
            view = call.name.removesuffix(_SUFFIX)
            body = _body(view, call.expressions)
            inner = f"{place}{view}{n}_"
            _fill_in_macros(body, inner)
            _rename_ctes(body, inner)
            table.replace(body.subquery(table.alias or call.name))


def _body(view: str, given: list[exp.Expr]) -> exp.Select | exp.SetOperation:
    """The statement of a view with the arguments of a call in the place of its parameters."""
    parameters = _PARAMETERS.get(view, ("as_of",))
    arguments: dict[str, exp.Expr] = {name: exp.null() for name in parameters}
    for name, argument in zip(parameters, given, strict=False):
        if isinstance(argument, exp.PropertyEQ):
            arguments[argument.name] = argument.expression
        else:
            arguments[name] = argument
    body = sqlglot.parse_one((VIEWS_FOLDER / f"{view}.sql").read_text(encoding="utf-8"), read="duckdb")
    assert isinstance(body, exp.Select | exp.SetOperation)
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
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("this", exp.to_identifier(names[table.name]))
