"""Participants: whether the names in the lists of projects are those of known participants."""

import polars as pl

from etl.plausibility.record import Record
from etl.plausibility.rule import About, Row, rule
from etl.steps.participants import recorded_names
from model.participant_names import known_names


def _on_name(row: Row) -> About:
    return About("project", row["project_id"], row["project_id"])


@rule(
    "PARTICIPANT-NAME",
    "tell",
    "A participant is one of the vocabulary, by name or alias",
    "参加者は用語表の名称又は別名による",
    _on_name,
    value="{participant}",
    en="“{participant}” is no participant that is known, nor an alias of one; it is kept as a participant of its own.",
    ja="「{participant}」は用語表の参加者及び別名にない。記録のまま独立した参加者として扱う。",
)
def _name_of_nobody(record: Record) -> pl.DataFrame:
    known = known_names(record["participant"].to_dicts(), record["participant_alias"].to_dicts())
    names = recorded_names(record["project"])
    found = [known.find(name, iso3) is None for name, iso3 in names.select("participant", "iso3").iter_rows()]
    return names.filter(pl.Series(found, dtype=pl.Boolean))
