"""What a search looks through: all names of a project in both languages, folded into one text."""

import polars as pl

from etl.contracts import table
from etl.steps.fact_rows import Frames
from model.search_text import folded

_OWN = (
    "project_id",
    "ref_no",
    "title_en",
    "title_ja",
    "location",
    "methodology",
    "jp_participants",
    "partner_participants",
)
_NAMED = (
    ("iso3", "partner_country", ("name_en", "name_ja")),
    ("technology", "technology", ("name_en", "name_ja")),
    ("programme", "programme", ("name_en", "name_ja")),
    ("sector_number", "sector", ("name_en",)),
    ("sector_number", "sector_name", ("name_ja",)),
)


def search_texts(frames: Frames) -> pl.DataFrame:
    """Return `project_search`: the folded text of every project, by project_id."""
    named = frames["project"].select(*_OWN, "iso3", "technology", "programme", "sector_number")
    extra: list[str] = []
    for key, name, columns in _NAMED:
        names = frames[name].select(key, *(pl.col(c).alias(f"{name}.{c}") for c in columns))
        named = named.join(names, on=key, how="left")
        extra += [f"{name}.{c}" for c in columns]
    ours = dict(frames["wording"].select("text_en", "text_ja").iter_rows())
    rows = []
    for row in named.sort("project_id").iter_rows(named=True):
        words = [row[c] for c in (*_OWN, "iso3", "technology", *extra)]
        words += [ours.get(row["location"]), None if row["title_ja"] else ours.get(row["title_en"])]
        rows.append((row["project_id"], folded(" ".join(word for word in words if word))))
    return table("project_search").frame(rows)
