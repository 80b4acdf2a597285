"""A page whose query fails says so in its place, and the rest of the page works."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from tests.pages.reading import answer_of, html_of, opened

GONE = "DROP MACRO TABLE history.delivery_as_of"
FAILS = """
    CREATE OR REPLACE MACRO history.delivery_as_of(day) AS TABLE
    SELECT issuance_id, CAST(error('a block is damaged') AS BIGINT) AS annual_tco2, 1 AS expected_tco2, 'x' AS lacks
    FROM main.issuance
"""


def damaged(warehouse_dir: Path, folder: Path, statement: str) -> Path:
    """A copy of the published warehouse in which one macro is gone, or fails on the way."""
    published = (warehouse_dir / "current.duckdb").resolve()
    copy = folder / published.name
    shutil.copy(published, copy)
    (folder / "current.duckdb").symlink_to(copy.name)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement)
    st.cache_resource.clear()  # pages are kept by data version, and that of the copy is the same
    return folder


@pytest.fixture(autouse=True)
def _forget_damaged_pages() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("statement", [GONE, FAILS], ids=["gone", "fails"])
@pytest.mark.parametrize("page", ["pages/credits.py", "pages/sectors.py"])
def test_a_failing_query_is_named_in_its_place_and_the_rest_is_drawn(
    *,
    page: str,
    statement: str,
    lang: str,
    warehouse_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = html_of(opened(page, lang=lang))
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(damaged(warehouse_dir, tmp_path, statement)))
    app = opened(page, lang=lang)
    html = html_of(app)
    assert html.count('class="jcm-failure"') == 1
    assert "delivery_ratio" in html
    assert "a block is damaged" in html or statement == GONE
    assert html.count('class="jcm-source"') == whole.count('class="jcm-source"') - 1
    assert len(answer_of(app)) > 20


def test_a_query_without_which_a_page_cannot_begin_is_named_too(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = """
        CREATE OR REPLACE MACRO main.target_as_of(day) AS TABLE
        SELECT * REPLACE (CAST(error('a block is damaged') AS BIGINT) AS high_tco2) FROM history.target
    """
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(damaged(warehouse_dir, tmp_path, statement)))
    html = html_of(opened("pages/credits.py", lang="en"))
    assert html.count('class="jcm-failure"') == 1
    assert "a block is damaged" in html
