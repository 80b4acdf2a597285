"""Every example of SQL that we show runs on the file, and one that sums tonnes gives a figure of the ladder."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from exports.package.archive import package_files
from queries.warehouse import Warehouse, current
from view.sql.at_home import at_home_html
from view.texts import texts

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
QUOTED = re.compile(r'"((?:SELECT|FROM|WITH|SUMMARIZE|DESCRIBE)\b[^"]*)"')
MAGIC = re.compile(r"%sql ((?:SELECT|FROM)\b[^`\n]*)")
BARE = re.compile(r"^((?:SELECT|FROM|SUMMARIZE)\b[^;]*);", re.MULTILINE)
DAY = re.compile(r"_as_of\(DATE '(\d{4}-\d{2}-\d{2})'")


def examples_in(text: str) -> list[str]:
    """Statements in the blocks of SQL, quoted in blocks of other languages, and after a notebook's `%sql`."""
    found = [part for kind, body in BLOCK.findall(text) if kind == "sql" for part in body.split(";")]
    for kind, body in BLOCK.findall(text):
        if kind != "sql":
            found += QUOTED.findall(body)
    return [one for one in (*found, *MAGIC.findall(text)) if one.strip()]


def shown(warehouse: Warehouse) -> dict[str, str]:
    """Every example by where it stands."""
    texts_of = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
        if path.name != "spark.md"  # of all versions together, tested with them
    }
    texts_of |= {
        f"workbench/{path.name}": path.read_text(encoding="utf-8") for path in ROOT.glob("workbench/*.md")
    }
    files = package_files(warehouse)
    texts_of |= {f"package/{name}": body.decode() for name, body in files.items() if name.endswith(".md")}
    found = {f"{name} {n}": sql for name, text in texts_of.items() for n, sql in enumerate(examples_in(text))}
    page = unescape(re.sub("<.*?>", "\n", at_home_html("jcm.duckdb", texts("en"))))
    for n, sql in enumerate([*QUOTED.findall(page), *MAGIC.findall(page), *BARE.findall(page)]):
        found[f"SQL page {n}"] = sql
    return found


def figures_on(warehouse: Warehouse, day: date) -> set[int]:
    """Sums that mean something on a day: rungs, their sums, and every tonne once."""
    with warehouse._connection.cursor() as cursor:
        ladder = cursor.execute(
            "SELECT tco2_low, tco2_high FROM ladder_as_of($day::DATE)", {"day": day}
        ).fetchall()
        once = cursor.execute(
            "SELECT CAST(sum(counted_low_tco2) AS BIGINT), CAST(sum(counted_high_tco2) AS BIGINT)"
            " FROM history.rung_tonnes_as_of($day::DATE)",
            {"day": day},
        ).fetchall()
        annual = cursor.execute(
            "SELECT CAST(sum(annual_tco2) AS BIGINT) FROM history.project_state WHERE in_target_scope"
            " AND stage IN ('pipeline', 'validation', 'registered')"
            " AND known_on <= $day AND (known_until IS NULL OR known_until > $day)",
            {"day": day},
        ).fetchall()
    return {value for row in (*ladder, *once, *annual) for value in row if value is not None}


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def test_every_example_runs_and_its_sums_are_figures_of_the_ladder(warehouse: Warehouse) -> None:
    examples = shown(warehouse)
    assert len(examples) >= 20
    assert {name.rpartition(" ")[0] for name in examples} >= {
        "README.md",
        "package/README.md",
        "package/README.ja.md",
        "SQL page",
    }
    summed = 0
    for name, sql in examples.items():
        with warehouse._connection.cursor() as cursor:
            table = cursor.sql(sql).to_arrow_table()
        assert table.num_rows, name
        day = DAY.search(sql)
        right = figures_on(warehouse, date.fromisoformat(day[1]) if day else warehouse.data_as_of)
        for column in re.findall(r"sum\(\w*tco2\w*\) AS (\w+)", sql):
            summed += 1
            total = sum(int(value) for value in table.column(column).to_pylist() if value is not None)
            assert total in right, (name, column, total)
    assert summed >= 15


def test_a_sum_that_counts_tonnes_twice_would_be_found(warehouse: Warehouse) -> None:
    with warehouse._connection.cursor() as cursor:
        (double,) = cursor.execute("SELECT CAST(sum(tco2_low) AS BIGINT) FROM ladder").fetchall()[0]
    assert double not in figures_on(warehouse, warehouse.data_as_of)
