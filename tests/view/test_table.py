"""The typed table: markup is a type, one key one column, files and page from one definition."""

from datetime import date

import pytest

from view.marks.table import DASH, Column, Markup, Table, linked, small
from view.texts import texts

ROWS = [
    {"project_id": "MN003", "tco2": 86_564, "share": 0.5, "on": date(2026, 2, 18), "note": "<b>& more"},
    {"project_id": "PW001", "tco2": None, "share": None, "on": None, "note": None},
]


def table(lang: str = "en") -> Table[dict[str, object]]:
    return Table(
        (
            Column(
                "project_id",
                "Project",
                cell=lambda r: linked("project?a=1&b=2", str(r["project_id"])),
                is_head=True,
            ),
            Column("tco2", "Amount (tCO2)", "tonnes", page_label="Amount", unit="tCO2"),
            Column("share", "Share", "share"),
            Column("on", "Day", "day"),
            Column("note", "Remarks", cell=lambda r: str(r["note"] or "")),
            Column(
                "twice",
                "Twice",
                value=lambda r: None if r["tco2"] is None else 2 * int(str(r["tco2"])),
                cell=None,
            ),
            Column("bar", "Bar", value=None, cell=lambda _: Markup("<i></i>")),
        ),
        ROWS,
        texts("ja" if lang == "ja" else "en"),
    )


def test_text_is_escaped_and_markup_is_not() -> None:
    html = table().html()
    assert "<td>&lt;b&gt;&amp; more</td>" in html
    assert "<td><i></i></td>" in html
    assert '<th scope="row"><a class="jcm-link" href="project?a=1&amp;b=2">MN003</a></th>' in html
    assert small("<", "x") == '<small class="x">&lt;</small>'


def test_a_value_is_written_as_its_kind_and_unknown_is_never_zero() -> None:
    html = table().html()
    assert '<td class="jcm-n">86,564 t</td><td class="jcm-n">50%</td><td>2026-02-18</td>' in html
    assert f'<td class="jcm-n">not known</td><td class="jcm-n">{DASH}</td><td>{DASH}</td>' in html
    assert '<td class="jcm-n">86,564t</td>' in table("ja").html()


def test_files_hold_plain_values_under_the_heading_and_the_key_of_the_column() -> None:
    filed = table().arrow()
    assert filed.column_names == ["Project", "Amount (tCO2)", "Share", "Day", "Remarks", "Twice"]
    assert filed.column("Amount (tCO2)").to_pylist() == [86_564, None]
    assert filed.schema.field("Amount (tCO2)").metadata == {
        b"key": b"tco2",
        b"kind": b"tonnes",
        b"unit": b"tCO2",
    }
    assert table().values("twice") == [173_128, None]
    assert "Twice" not in table().html()
    with pytest.raises(KeyError):
        table().values("bar")


def test_two_columns_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="the key a"):
        Table((Column("a", "A"), Column("a", "B")), [], texts("en"))
