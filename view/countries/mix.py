"""The projects of one partner country by sector, technology, programme and funding."""

from collections.abc import Callable
from html import escape

from model.ladder import EXPECTED_RUNGS
from view.amounts import amount_short
from view.countries.known import Profile, plain_table
from view.target.content import labelled
from view.texts import Texts
from view.tiles import Tile, TileMaker


def _mix_rows(profile: Profile, by: str) -> list[tuple[str, int, int, int | None]]:
    """Value, projects, projects with an estimate and expected tonnes, the most tonnes first.

    Tonnes are None where no project has an estimate and a schedule.
    """
    sums: dict[str, list[int]] = {}
    for row in profile.mixes[by]:
        if row["rung"] in EXPECTED_RUNGS:
            of_value = sums.setdefault(row["value"], [0, 0, 0, 0])
            of_value[0] += row["projects"]
            of_value[1] += row["projects_with_estimate"]
            of_value[2] += row["projects_with_schedule"]
            of_value[3] += row["tco2_low"] or 0
    rows = [
        (value, some[0], some[1], some[3] if some[2] else None) for value, some in sums.items() if some[0]
    ]
    return sorted(rows, key=lambda row: (-(row[3] or 0), -row[1], row[0]))


def mix_tile(profile: Profile, coverage: str, link: Callable[..., str], tile: TileMaker, t: Texts) -> Tile:
    """Projects and expected tonnes by each of four groupings, and the same as a table."""
    titles = {
        "sector": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
        "funding": t("Funding"),
    }
    parts, columns = "", []
    year = profile.first_year
    for by, title in titles.items():
        rows = _mix_rows(profile, by)
        largest = max((row[3] or 0 for row in rows), default=0) or 1
        cells = []
        for value, projects, with_estimate, tco2 in rows:
            name = profile.names[by].get(value, value)
            href = escape(link("projects", country=profile.iso3, **{by: value}), quote=True)
            bar = f'<div class="jcm-bar" aria-hidden="true"><i class="jcm-fill-registered" style="width:{(tco2 or 0) / largest * 100:.1f}%"></i></div>'
            cells.append(
                (
                    f'<a class="jcm-link" href="{href}">{escape(name)}</a>',
                    t.number(projects),
                    escape(t("not known") if tco2 is None else amount_short(tco2, t)),
                    bar,
                )
            )
            columns.append((title, name, projects, with_estimate, tco2))
        heads = (
            (title, ""),
            (t("Projects"), "jcm-n"),
            (t("Expected by {year}", year=t.year(year)), "jcm-n"),
            ("", "jcm-hide-narrow"),
        )
        parts += f"<div>{plain_table(heads, cells)}</div>"
    return tile(
        "mix",
        "ladder_by_group",
        coverage,
        title=t("Projects and expected reductions by sector, technology, programme and funding"),
        sentence=t("Each part sums to the same projects and tonnes."),
        body=f'<div class="jcm-halves">{parts}</div>' if columns else " ",
        table=labelled(
            {
                t("Part"): [c[0] for c in columns],
                t("Value"): [c[1] for c in columns],
                t("Projects"): [c[2] for c in columns],
                t("Projects with an estimate"): [c[3] for c in columns],
                t("Expected (tCO2)"): [c[4] for c in columns],
            }
        ),
    )
