"""The sectors page of one selection, ready to draw."""

from collections.abc import Mapping
from dataclasses import dataclass

from view.sectors import cumulative_chart as cumulative
from view.sectors import delivery, durations, group_table, heat_map, sentences
from view.sectors.content import Content
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import QueryText, Tile, TileMaker, our_calculation


@dataclass(frozen=True)
class SectorsPage:
    """Everything the page draws."""

    answer_html: str
    under: str
    tiles: Mapping[str, Tile]


def build_page(content: Content, t: Texts, theme: ThemeName, query_text: QueryText) -> SectorsPage:
    """Builds every sentence, figure and table of the page from its content."""
    tile = TileMaker(
        our_calculation(t, content.build),
        t.day_short(content.selection.as_of),
        content.data_version,
        query_text,
    )
    expected, decided = sentences.coverage(content, t), sentences.decided_coverage(content, t)
    heat_coverage = {"projects": expected, "near": expected, "far": expected, "notified": decided}[
        content.cell
    ]
    tiles = (
        tile(
            "groups",
            "ladder_by_group",
            f"{expected} · {decided}",
            title=group_table.table_title(content, t),
            sentence=sentences.table_sentence(content, t),
            body=group_table.group_html(content, t, theme),
            table=group_table.group_table(content, t),
            notes=(t("Sizes: projects that count and state an annual estimate"),),
        ),
        tile(
            "build_up",
            "reductions_by_group",
            expected,
            title=cumulative.cumulative_title(content, t),
            sentence=cumulative.cumulative_sentence(content, t),
            figure=cumulative.cumulative_chart(content, t, theme),
            table=cumulative.cumulative_table(content, t),
        ),
        tile(
            "heat",
            "sector_by_country",
            heat_coverage,
            title=heat_map.heat_title(content, t),
            sentence=heat_map.heat_sentence(content, t),
            body=heat_map.heat_map(content, t, theme),
            table=heat_map.heat_table(content, t),
        ),
        tile(
            "durations",
            "durations",
            durations.durations_coverage(content, t),
            title=durations.durations_title(t),
            sentence=durations.durations_sentence(content, t),
            body=durations.durations_html(content, t),
            table=durations.durations_table(content, t),
            notes=durations.durations_notes(t),
        ),
        tile(
            "delivery",
            "delivery_ratio",
            delivery.delivery_coverage(content, t),
            title=delivery.delivery_title(t),
            sentence=delivery.delivery_sentence(content, t),
            body=delivery.delivery_html(content, t),
            table=delivery.delivery_table(content, t),
            notes=delivery.delivery_notes(t),
        ),
    )
    return SectorsPage(
        sentences.answer(content, t), sentences.under_answer(content, t), {x.key: x for x in tiles}
    )
