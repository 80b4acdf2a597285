"""The tiles on the way to counting: what counts by the deadline, vintages, steps, and the illustration of GX-ETS."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from model.outlook.counted_report import CountedReport, Group, OfGroup
from model.outlook.gx_ets import Illustration
from model.outlook.report import Known
from model.outlook.results import Lever
from view.marks.table import Markup, Table
from view.outlook import counted_sentences as sentences
from view.outlook import counted_tables as tables
from view.outlook.bars import tornado_html, tornado_table
from view.outlook.supply_tables import Brought, projects_table, supply_table, supply_told
from view.outlook.words import group_name
from view.page import PageContext
from view.tiles import Tile, TileMaker


class Counting(Protocol):
    """What the tiles read of the page's content."""

    @property
    def context(self) -> PageContext:
        """Reader, selection and choices."""

    @property
    def known(self) -> Known:
        """What was known on the day."""

    @property
    def group(self) -> Group:
        """For whom it is shown."""

    @property
    def counted(self) -> CountedReport:
        """The scenario counted by the deadline."""

    @property
    def counting_levers(self) -> Sequence[Lever]:
        """What moves the counted tonnes most."""

    @property
    def supply(self) -> Illustration:
        """The illustration of GX-ETS."""


def counting_tiles(
    content: Counting, maker: TileMaker, names: Mapping[str, Mapping[Group, str]]
) -> Mapping[str, Callable[[], Tile]]:
    """The tiles by their keys."""
    t, theme = content.context.t, content.context.theme
    tile = partial(maker, "outlook_steps", sentences.coverage(content.known, t))

    def name() -> str:
        return group_name(content.group, names, t)

    def found() -> OfGroup:
        return content.counted.of(content.group)

    def projects() -> Table[Brought]:
        titles = {row["project_id"]: row["title_en"] for row in content.known.portfolio.rows}
        return projects_table(
            content.supply, titles, lambda project: content.context.link("project", project=project), t
        )

    def way() -> Tile:
        return tile(
            title=t(
                "From realised to counted by {day}, verified + expected: {name}",
                day=t.day(content.counted.terms.deadline_on),
                name=name(),
            ),
            told=(
                sentences.counted_message(content.counted, content.group, t),
                sentences.counted_sentence(content.counted, content.group, name(), t),
            ),
            body=Markup('<div class="jcm-halves"><div>{}</div><div>{}</div></div>').format(
                tables.way_html(found(), t), tables.levels_table(found(), t).html()
            ),
            table=tables.levels_table(found(), t),
        )

    return {
        "counted": way,
        "count_vintages": lambda: tile(
            title=t("Verified + expected by vintage, realised and cancelled in time: {name}", name=name()),
            told=sentences.vintage_told(content.counted, found(), t),
            figure=tables.vintage_chart(found(), t, theme),
            course=tables.vintage_course(found(), t),
            height=300,
            table=tables.vintage_table(found(), t),
        ),
        "count_levers": lambda: tile(
            title=t("What the counted tonnes are most sensitive to: verified + expected, JCM as a whole"),
            told=sentences.levers_told([lever.name for lever in content.counting_levers], t),
            body=tornado_html(content.counting_levers, [t("Change of what is cancelled in time, median")], t),
            table=tornado_table(content.counting_levers, [t("Cancelled in time")], t),
        ),
        "count_steps": lambda: tile(
            title=t("The steps to counting, with the observations behind each"),
            sentence=sentences.steps_sentence(content.known.steps, t),
            table=tables.steps_table(content.known.steps, names, t),
        ),
        "supply": lambda: tile(
            title=t("Illustration of GX-ETS: verified + expected credits that companies may hold"),
            told=supply_told(content.supply, t),
            body=supply_table(content.supply, t).html() + projects().html(),
            table=supply_table(content.supply, t),
        ),
    }
