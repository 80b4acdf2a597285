"""With whom a participant works."""

from collections.abc import Callable, Sequence

from view.marks.table import ONE_LINE, WIDE, Column, Table, linked
from view.participants.words import Row, amount_columns, countries_of, name_of, side_words, some_of
from view.tiles import Tile, TileMaker

Link = Callable[..., str]


def partners_tile(
    rows: Sequence[Row], years: tuple[int, int], coverage: str, link: Link, tile: TileMaker
) -> Tile:
    """One row a partner; `years` are the target years of the amounts."""
    t = tile.t
    table = Table[Row](
        (
            Column("participant_id", t("Key"), cell=None),
            Column(
                "name",
                t("Participant"),
                value=lambda r: name_of(r, t),
                cell=lambda r: linked(link("participant", name=r["participant_id"]), name_of(r, t)),
                is_head=True,
            ),
            Column("side", t("Side"), value=lambda r: side_words(r, t), css=f"{WIDE} {ONE_LINE}"),
            Column("projects", t("Projects together"), "number"),
            Column(
                "countries",
                t("Partner country"),
                value=lambda r: t.listing(countries_of(r, t)),
                cell=lambda r: some_of(countries_of(r, t), t),
                css=WIDE,
            ),
            *amount_columns(years, t)[:2],
        ),
        rows,
        t,
        is_long=True,
    )
    return tile(
        "participants",
        coverage,
        title=t("Participants it works with, and the projects together"),
        sentence=t.count("{n} other participant.", "{n} other participants.", len(rows))
        if rows
        else t("No other participant of its projects is recorded."),
        table=table,
        body="" if rows else " ",
    )
