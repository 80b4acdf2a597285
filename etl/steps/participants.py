"""Participants: whose name each recorded one is. A name that is nobody's stays, as a participant of its own."""

import polars as pl

from etl.contracts import table
from etl.steps.fact_rows import Frames
from etl.steps.links import members
from model.participant_names import known_names, unresolved_key

SIDES = (("jp_participants", "Japan"), ("partner_participants", "partner"))


def recorded_names(project: pl.DataFrame) -> pl.DataFrame:
    """The names in the lists of projects, a row each: project_id, side, position, participant, iso3 of the project."""
    sides = [
        members(project, "project_id", column, "participant").with_columns(pl.lit(side).alias("side"))
        for column, side in SIDES
    ]
    return pl.concat(sides).join(
        project.select("project_id", "iso3"), on="project_id", how="left", maintain_order="left"
    )


def participants(frames: Frames) -> dict[str, pl.DataFrame]:
    """Return project_participant, and participant with a row more for each recorded name that is nobody's."""
    participant = table("participant")
    known = known_names(frames["participant"].to_dicts(), frames["participant_alias"].to_dicts())
    recorded = recorded_names(frames["project"])
    given = recorded.select("participant", "iso3").unique(maintain_order=True)
    rows = [(name, iso3, known.find(name, iso3)) for name, iso3 in given.iter_rows()]
    unresolved = {unresolved_key(name): name for name, _, found in reversed(rows) if found is None}
    keyed = pl.DataFrame(
        [(name, iso3, found or unresolved_key(name)) for name, iso3, found in rows],
        {"participant": pl.String, "iso3": pl.String, "participant_id": pl.String},
        orient="row",
    )
    bridge = recorded.join(keyed, on=["participant", "iso3"], how="left", maintain_order="left")
    more = [
        {"participant_id": key, "name_en": name, "is_resolved": False}
        for key, name in sorted(unresolved.items())
    ]
    return {
        "project_participant": table("project_participant").cast(bridge),
        "participant": pl.concat([participant.cast(frames["participant"]), participant.frame(more)]),
    }
