"""What a search looks through: all names of a project or a participant in both languages, folded into one text."""

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


def search_texts(frames: Frames) -> dict[str, pl.DataFrame]:
    """Return `project_search` and `participant_search`: the folded text of each, by its key."""
    return {"project_search": _of_projects(frames), "participant_search": _of_participants(frames)}


def _of_projects(frames: Frames) -> pl.DataFrame:
    named = frames["project"].select(*_OWN, "iso3", "technology", "programme", "sector_number")
    extra: list[str] = []
    for key, name, columns in _NAMED:
        names = frames[name].select(key, *(pl.col(c).alias(f"{name}.{c}") for c in columns))
        named = named.join(names, on=key, how="left")
        extra += [f"{name}.{c}" for c in columns]
    of_participant = _participant_names(frames)
    participants: dict[str, list[str | None]] = {}
    for key, participant in frames["project_participant"].select("project_id", "participant_id").iter_rows():
        participants.setdefault(key, []).extend(of_participant[participant])
    ours = dict(frames["wording"].select("text_en", "text_ja").iter_rows())
    rows = []
    for row in named.sort("project_id").iter_rows(named=True):
        words = [row[c] for c in (*_OWN, "iso3", "technology", *extra)]
        words += participants.get(row["project_id"], ())
        words += [ours.get(row["location"]), None if row["title_ja"] else ours.get(row["title_en"])]
        rows.append((row["project_id"], folded(" ".join(word for word in words if word))))
    return table("project_search").frame(rows)


def _participant_names(frames: Frames) -> dict[str, list[str | None]]:
    """Names of each participant in both languages, by its key."""
    columns = ("participant_id", "name_en", "name_ja")
    return {key: [en, ja] for key, en, ja in frames["participant"].select(columns).iter_rows()}


def _of_participants(frames: Frames) -> pl.DataFrame:
    names = _participant_names(frames)
    words = {key: list(some) for key, some in names.items()}
    for key, group in frames["participant"].select("participant_id", "group_id").iter_rows():
        words[key] += names.get(group, ())
    for table_name, column in (("participant_alias", "alias"), ("project_participant", "participant")):
        stated = frames[table_name].select("participant_id", column).unique().sort(column)
        for key, name in stated.iter_rows():
            words[key].append(name)
    rows = [
        (key, folded(" ".join(dict.fromkeys(w for w in some if w)))) for key, some in sorted(words.items())
    ]
    return table("participant_search").frame(rows)
