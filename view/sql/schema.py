"""What the tables hold: a browser of tables and columns, and the same for completion in the editor."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from view.texts import Texts

Rows = Sequence[Mapping[str, Any]]

INFO_AT_MOST = 160


def tables_of(columns: Rows, t: Texts) -> dict[str, str]:
    """Meaning of each table by its name."""
    return {row["table_name"]: t.pick(row["table_en"], row["table_ja"]) for row in columns}


def completions(columns: Rows, t: Texts) -> dict[str, dict[str, Any]]:
    """Tables and columns as the editor completes them."""
    found: dict[str, dict[str, Any]] = {}
    for row in columns:
        table = found.setdefault(
            row["table_name"], {"info": t.pick(row["table_en"], row["table_ja"]), "columns": []}
        )
        meaning = meaning_of(row, t)
        table["columns"].append([row["column_name"], row["sql_type"], meaning[:INFO_AT_MOST]])
    return found


def meaning_of(row: Mapping[str, Any], t: Texts) -> str:
    """What a column is, with its unit and what null means."""
    text = t.pick(row["meaning_en"], row["meaning_ja"])
    if row["unit"]:
        text = t("{meaning} [{unit}]", meaning=text, unit=row["unit"])
    if row["null_en"]:
        text = t("{meaning}. Null: {null}", meaning=text, null=t.pick(row["null_en"], row["null_ja"]))
    return text


def table_html(columns: Rows, table: str, t: Texts) -> str:
    """One table: what it holds, its rows, and each column with type, meaning, unit and what null means."""
    own = [row for row in columns if row["table_name"] == table]
    first = own[0]
    body = "".join(
        f'<tr><th scope="row"><code>{escape(row["column_name"])}</code><small>{escape(row["sql_type"])}'
        f"{escape(t(' · key')) if row['is_key'] else ''}</small></th>"
        f"<td>{escape(meaning_of(row, t))}</td></tr>"
        for row in own
    )
    rows = t.count("{n} row", "{n} rows", first["table_rows"])
    return (
        f'<p class="jcm-sentence">{escape(t.pick(first["table_en"], first["table_ja"]))} · {escape(rows)}</p>'
        f'<div class="jcm-list jcm-schema" tabindex="0"><table class="jcm-tight"><tbody>{body}</tbody></table></div>'
    )
