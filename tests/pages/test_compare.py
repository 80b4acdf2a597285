"""The comparison page: each side is what its own page says, and filters hold for both."""

import re
from pathlib import Path

import pytest

from queries.warehouse import current
from tests.pages.reading import answer_of, html_of, opened


def rows_of(html: str) -> dict[str, list[str]]:
    table = re.search(r'<table class="jcm-tight jcm-compared">.*?</table>', html)
    assert table
    return {
        cells[0]: cells[1:]
        for row in re.findall(r"<tr>(.*?)</tr>", table[0])
        if (cells := [re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)])
    }


def expected(warehouse_dir: Path, **filters: object) -> int:
    rows = current(warehouse_dir).run("ladder", **filters).to_pylist()
    return sum(row["tco2_low"] for row in rows if row["rung"] in {"pipeline", "validation", "registered"})


def test_two_countries_have_the_figures_of_their_own_ladders(warehouse_dir: Path) -> None:
    app = opened("pages/compare.py", lang="en", first="THA", second="VNM")
    both = [expected(warehouse_dir, countries=[code]) / 1e6 for code in ("THA", "VNM")]
    assert answer_of(app) == (
        f"Thailand: {both[0]:.1f} Mt expected to the end of FY2030; Viet Nam: {both[1]:.1f} Mt."
    )
    rows = rows_of(html_of(app))
    assert rows["Compared"] == ["Thailand", "Viet Nam"]
    assert rows["Expected, sum to FY2030"] == [f"{tco2:.1f} Mt" for tco2 in both]


def test_another_filter_holds_for_both_sides_and_is_said(warehouse_dir: Path) -> None:
    app = opened(
        "pages/compare.py", lang="en", first="THA", second="VNM", funding="government", country="IDN"
    )
    both = [expected(warehouse_dir, countries=[c], fundings=["government"]) / 1e6 for c in ("THA", "VNM")]
    html = html_of(app)
    assert rows_of(html)["Expected, sum to FY2030"] == [f"{tco2:.1f} Mt" for tco2 in both]
    assert "filters that hold for both sides" in html
    assert "Indonesia" not in answer_of(app)


@pytest.mark.parametrize(("lang", "told"), [("en", "Two days"), ("ja", "二つの時点")])
def test_two_days_are_compared_as_they_were_known(lang: str, told: str) -> None:
    app = opened("pages/compare.py", lang=lang, compare="day", earlier="2021-03-31")
    rows = rows_of(html_of(app))
    projects = rows["Projects" if lang == "en" else "案件"]
    assert int(projects[0].replace(",", "")) < int(projects[1].replace(",", ""))
    assert told in {option for box in app.selectbox for option in box.options}
