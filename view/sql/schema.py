"""What the tables hold: a browser of tables and columns, and the same for completion in the editor."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from view.marks.table import Column, Markup, Table, small
from view.texts import Texts

Rows = Sequence[Mapping[str, Any]]

INFO_AT_MOST = 160
AS_OF = "_as_of"
TODAY = "main"


def schemas(t: Texts) -> dict[str, str]:
    """Names of the schemas: today's first."""
    return {
        TODAY: t("As it stands"),
        "history": t("What was known when"),
        "record": t("Record of the build"),
    }


def tables_of(columns: Rows, schema: str, t: Texts) -> dict[str, str]:
    """Meaning and size of each table of a schema by its name."""
    return {
        row["table_name"]: f"{t.pick(row['table_en'], row['table_ja'])} · {size_of(row, t)}"
        for row in columns
        if _schema_of(row["table_name"]) == schema
    }


def size_of(row: Mapping[str, Any], t: Texts) -> str:
    """Rows of a table; a view has as many as there are on its day."""
    return t("view") if row["table_rows"] is None else t.count("{n} row", "{n} rows", row["table_rows"])


def completions(columns: Rows, macros: Sequence[str], day: date, t: Texts) -> dict[str, dict[str, Any]]:
    """Tables, columns and macros as the editor completes them; a macro with the day of the data to change."""
    found: dict[str, dict[str, Any]] = {}
    for row in columns:
        table = found.setdefault(
            row["table_name"],
            {"info": t.pick(row["table_en"], row["table_ja"]), "detail": size_of(row, t), "columns": []},
        )
        meaning = meaning_of(row, t)
        table["columns"].append([row["column_name"], row["sql_type"], meaning[:INFO_AT_MOST]])
    for macro in macros:
        view = found.get(macro.removesuffix(AS_OF), {"info": "", "columns": []})
        found[macro] = {
            "info": t("As known on a day") + (f": {view['info']}" if view["info"] else ""),
            "call": f"(DATE '{day.isoformat()}')",
            "columns": view["columns"],
        }
    return found


def _schema_of(table: str) -> str:
    schema, point, _ = table.partition(".")
    return schema if point else TODAY


def meaning_of(row: Mapping[str, Any], t: Texts) -> str:
    """What a column is, with its unit and what null means."""
    text = t.pick(row["meaning_en"], row["meaning_ja"])
    if row["unit"]:
        text = t("{meaning} [{unit}]", meaning=text, unit=row["unit"])
    if row["null_en"]:
        text = t("{meaning}. Null: {null}", meaning=text, null=t.pick(row["null_en"], row["null_ja"]))
    return text


def table_html(columns: Rows, macros: Sequence[str], table: str, t: Texts) -> Markup:
    """One table: what it holds, its rows, and each column with type, meaning, unit and what null means.

    A view names its macro, which returns the same for any other day.
    """
    own = [row for row in columns if row["table_name"] == table]
    first = own[0]
    macro = f"{table}{AS_OF}"
    another = Markup("<p>{} <code>{}(DATE '…')</code></p>").format(t("Of another day:"), macro)
    listed = Table(
        (
            Column("column_name", "", cell=lambda r: _name(r, t), is_head=True),
            Column("meaning", "", value=lambda r: meaning_of(r, t)),
        ),
        own,
        t,
        css="jcm-tight jcm-schema",
        is_long=True,
        has_headings=False,
    )
    return Markup('<p class="jcm-sentence">{} · {}</p>{}{}').format(
        t.pick(first["table_en"], first["table_ja"]),
        size_of(first, t),
        another if macro in macros else "",
        listed.html(),
    )


def _name(row: Mapping[str, Any], t: Texts) -> Markup:
    key = t(" · key") if row["is_key"] else ""
    return Markup("<code>{}</code>{}").format(row["column_name"], small(f"{row['sql_type']}{key}"))
