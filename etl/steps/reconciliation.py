"""Our figures beside what officials and the press stated, each for the date of the statement.

Nothing is scaled to close a difference: the coverage, our figure ÷ the stated one, is shown. A statement that counts
something else than these facts hold is kept and marked as not comparable, with the reason.
"""

from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.evidence import Evidence
from etl.steps.own_figures import own_figure
from etl.steps.statement import Statement

_UNDATED = (
    "The page is undated: ours is of the day it was read.",
    "資料に日付がないため、取得日の値による。",
)
_WEAK = ("Weak source: not compared.", "信頼度の低い資料のため比較しない。")


def reconcile(
    official_total: pl.DataFrame, statement_scope: pl.DataFrame, evidence: Evidence, data_as_of: date
) -> pl.DataFrame:
    """Return `reconciliation`: one row per row of `official_total`, in its order of metric, date, scope and value.

    An undated statement is compared on the day its page was read, since it may mean any day before.
    """
    contract = table("reconciliation")
    scopes = {row["scope"]: row for row in statement_scope.iter_rows(named=True)}
    rows = []
    for row in official_total.iter_rows(named=True):
        scope = scopes[row["scope"]]
        statement = Statement(
            row["metric"],
            min(row["known_on"], data_as_of),
            row["value"],
            scope["scope_code"],
            scope["iso3"],
            scope["project_id"],
            row["calendar_year"],
            scope["until_year"],
        )
        own = own_figure(statement, evidence)
        is_weak = row["reliability"] == "weak"
        is_comparable = own.value is not None and not is_weak
        notes = [(own.basis_en, own.basis_ja)]
        if row["as_of_on"] is None and own.value is not None:
            notes.append(_UNDATED)
        if is_weak:
            notes.append(_WEAK)
        rows.append(
            {name: row[name] for name in contract.dtypes if name in row}
            | {
                "scope_code": statement.scope,
                "iso3": statement.iso3,
                "stated_value": row["value"],
                "our_value": own.value,
                "our_high_value": own.value if own.high is None else own.high,
                "coverage": own.value / row["value"] if is_comparable and own.value is not None else None,
                "basis_en": " ".join(note for note, _ in notes),
                "basis_ja": "".join(note for _, note in notes),
                "is_comparable": is_comparable,
            }
        )
    return contract.frame(rows).sort(*contract.row_key, nulls_last=True)
