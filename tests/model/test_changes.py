"""Comparing two editions: nothing is lost, nothing is made, and the tonnes of the parts are those of the whole."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from model.changes import Change, Effect, compare, moved_tonnes

FIELDS = ("stage", "tco2", "title")
ROWS = st.dictionaries(
    st.text("ABC", min_size=1, max_size=3),
    st.fixed_dictionaries(
        {
            "stage": st.sampled_from(["pipeline", "registered", "withdrawn"]),
            "tco2": st.none() | st.integers(0, 1_000),
            "title": st.text("xyz", max_size=2),
        }
    ),
    max_size=8,
)
Rows = dict[str, dict[str, Any]]


@given(ROWS)
def test_an_edition_does_not_differ_from_itself(rows: Rows) -> None:
    assert compare(rows, rows, FIELDS) == []


@given(ROWS, ROWS)
def test_the_changes_lead_from_the_one_to_the_other(old: Rows, new: Rows) -> None:
    assert applied(old, compare(old, new, FIELDS)) == new


def applied(old: Rows, changes: list[Change]) -> Rows:
    """The old rows with the changes made to them."""
    rows = {key: dict(row) for key, row in old.items()}
    for change in changes:
        if change.kind == "removed":
            del rows[change.key]
        elif change.kind == "added":
            rows[change.key] = dict(change.row)
        else:
            rows[change.key] |= {f.field: f.new for f in change.fields}
    return rows


@given(ROWS, ROWS)
def test_what_is_added_one_way_is_removed_the_other(old: Rows, new: Rows) -> None:
    there, back = compare(old, new, FIELDS), compare(new, old, FIELDS)
    assert {c.key for c in there if c.kind == "added"} == {c.key for c in back if c.kind == "removed"}
    assert {(c.key, f.field, f.old, f.new) for c in there for f in c.fields} == {
        (c.key, f.field, f.new, f.old) for c in back for f in c.fields
    }


@given(ROWS, ROWS)
def test_the_tonnes_that_rows_move_are_the_difference_of_the_rung(old: Rows, new: Rows) -> None:
    for rung in ("pipeline", "registered", "withdrawn"):
        before, after = (
            sum(r["tco2"] or 0 for r in rows.values() if r["stage"] == rung) for rows in (old, new)
        )
        assert sum(moved_tonnes(old, new, rung).values()) == after - before


def test_an_unknown_figure_is_told_from_zero() -> None:
    assert Effect("itmo", None, None).difference is None
    assert Effect("itmo", None, (5, 5)).difference == (5, 5)
    assert Effect("itmo", (0, 0), (0, 0)).difference == (0, 0)


def test_a_range_that_stays_a_range_has_not_changed() -> None:
    assert Effect("issued", (550, 612), (550, 612)).difference == (0, 0)
    assert Effect("issued", (550, 612), (600, 612)).difference == (50, 0)
