"""The list of projects: totals, facets, one page of rows, and the whole selection as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import pyarrow as pa

from view.amounts import amount_short, as_reported, between, tonnes, tonnes_between
from view.controls import filter_labels
from view.projects.known import estimate_bases, has_no_schedule
from view.stated_words import title_of
from view.target.content import Rows
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
ROWS_A_PAGE = 50
FACET_VALUES = 6
USUAL_SORT = "project"
USUAL_COLUMNS = ("country", "technology", "stage", "selected", "annual", "expected", "notified")


@dataclass(frozen=True)
class Listing:
    """What the list knows for one selection. `whole` gives all rows of it, as Arrow, for the table and the files."""

    rows: Rows
    whole: Callable[[], pa.Table]
    total: Mapping[str, Any]
    chosen: Mapping[str, Any]
    facets: Mapping[str, Rows]
    names: Mapping[str, Mapping[str, str]]
    columns: Sequence[str]
    sort: str
    first_year: int
    last_year: int
    page: int
    search: str
    filters_text: str
    is_filtered: bool


def rows_before(page: int) -> int:
    """Rows of the pages before a page."""
    return (page - 1) * ROWS_A_PAGE


def page_number(text: str | None, projects: int) -> int:
    """The page asked for, within the pages there are."""
    asked = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(1, asked), max(1, -(-projects // ROWS_A_PAGE)))


def column_names(listing_years: tuple[int, int], t: Texts) -> dict[str, str]:
    """Columns that a reader can choose, with their headings."""
    first, last = (t.year(year) for year in listing_years)
    return {
        "country": t("Partner country"),
        "sector": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
        "funding": t("Funding"),
        "stage": t("Stage"),
        "selected": t("Selected"),
        "registered": t("Registered on"),
        "start": t("Start of operation"),
        "annual": t("Annual estimate"),
        "expected": t("Expected by {year}", year=first),
        "expected_last": t("Expected by {year}", year=last),
        "notified": t("Issuance decided"),
        "place": t("Place"),
        "methodology": t("Methodology"),
        "japanese": t("Japanese participants"),
        "partner": t("Partner participants"),
    }


def sort_names(t: Texts) -> dict[str, str]:
    """Orders of the list; every one ends with the number of the project."""
    return {
        "project": t("Number"),
        "annual": t("Annual estimate, largest first"),
        "expected": t("Expected, largest first"),
        "selected": t("Selection, latest first"),
        "registered": t("Registration, latest first"),
        "country": t("Partner country"),
        "stage": t("Stage"),
        "technology": t("Technology"),
    }


def told(listing: Listing, t: Texts) -> str:
    """The filter in one sentence."""
    n = listing.chosen["projects"]
    if listing.search and listing.filters_text:
        return t.count(
            "{n} project with “{search}”: {filters}.",
            "{n} projects with “{search}”: {filters}.",
            n,
            search=listing.search,
            filters=listing.filters_text,
        )
    if listing.search:
        return t.count(
            "{n} project with “{search}”.", "{n} projects with “{search}”.", n, search=listing.search
        )
    if listing.filters_text:
        return t.count("{n} project: {filters}.", "{n} projects: {filters}.", n, filters=listing.filters_text)
    return t.count("{n} project, no filter chosen.", "{n} projects, no filter chosen.", n)


def totals_html(listing: Listing, t: Texts) -> str:
    """Total and selected, always side by side."""
    first, last = (t.year(year) for year in (listing.first_year, listing.last_year))
    columns = (
        (t("Projects"), ("projects",), False),
        (t("counted"), ("counted",), False),
        (t("with an estimate"), ("with_estimate",), False),
        (t("Annual estimates"), ("annual_tco2",), True),
        (t("Expected by {year}", year=first), ("expected_first_tco2",), True),
        (t("Expected by {year}", year=last), ("expected_last_tco2",), True),
        (t("Issuance decided"), ("notified_low_tco2", "notified_high_tco2"), True),
    )
    head = '<th scope="col"></th>' + "".join(
        f'<th scope="col" class="jcm-n">{escape(name)}</th>' for name, _, _ in columns
    )
    body = ""
    for label, row, css in (
        (t("Total"), listing.total, ""),
        (t("In this selection"), listing.chosen, ' class="jcm-strong"'),
    ):
        cells = "".join(
            f'<td class="jcm-n">{escape(between(row[ends[0]], row[ends[-1]], t, amount_short) if is_tonnes else t.number(row[ends[0]]))}</td>'
            for _, ends, is_tonnes in columns
        )
        body += f'<tr{css}><th scope="row">{escape(label)}</th>{cells}</tr>'
    table = f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    low, high = listing.total["shared_events_low_tco2"], listing.total["shared_events_high_tco2"]
    if not high:
        return table
    note = t(
        "A further {tonnes} were decided for several projects together or for projects not named; they belong to no single"
        " project and stand in the totals of the countries.",
        tonnes=tonnes_between(low, high, t),
    )
    return f'{table}<p class="jcm-sentence">{escape(note)}</p>'


def facets_html(listing: Listing, link: Link, t: Texts) -> str:
    """For each filter the values with the most projects, under the other filters, each a link that sets it."""
    parts = ""
    labels = filter_labels(t)
    for key, rows in listing.facets.items():
        items = ""
        for row in rows[:FACET_VALUES]:
            name = listing.names[key].get(row["value"], row["value"])
            href = escape(link("projects", **{key: row["value"]}, **_search(listing)), quote=True)
            items += f'<li><a class="jcm-link" href="{href}">{escape(name)}</a> <span>{t.number(row["projects"])}</span></li>'
        rest = len(rows) - FACET_VALUES
        if rest > 0:
            items += f"<li><span>{escape(t('{n} more', n=t.number(rest)))}</span></li>"
        parts += f'<div><h3>{escape(labels[key][1])}</h3><ul class="jcm-facet">{items}</ul></div>'
    return f'<nav class="jcm-facets" aria-label="{escape(t("Projects by value of each filter"), quote=True)}">{parts}</nav>'


def _search(listing: Listing) -> dict[str, str | Sequence[str]]:
    """What a link to another page or part of the list keeps: search, order and columns."""
    kept: dict[str, str | Sequence[str]] = {"q": listing.search} if listing.search else {}
    if listing.sort != USUAL_SORT:
        kept["sort"] = listing.sort
    if tuple(listing.columns) != USUAL_COLUMNS:
        kept["column"] = tuple(listing.columns)
    return kept


def rows_html(listing: Listing, link: Link, t: Texts) -> str:
    """One page of the list."""
    names = column_names((listing.first_year, listing.last_year), t)
    if not listing.rows:
        return f'<p class="jcm-sentence">{escape(nothing_found(listing, t))}</p>'
    head = f'<th scope="col">{escape(t("Project"))}</th>' + "".join(
        f'<th scope="col" class="{_css(c)}">{escape(names[c])}</th>' for c in listing.columns
    )
    body = ""
    for row in listing.rows:
        href = escape(link("project", project=row["project_id"]), quote=True)
        title = title_of(row, t)
        body += (
            f'<tr><th scope="row"><a class="jcm-link" href="{href}">{escape(title)}</a>'
            f"<small>{escape(as_reported(row['project_id'], t) if row['is_reported'] else row['project_id'])}</small></th>"
        )
        body += (
            "".join(f'<td class="{_css(c)}">{_cell(c, row, listing, t)}</td>' for c in listing.columns)
            + "</tr>"
        )
    return (
        f'<div class="jcm-scroll"><table class="jcm-projects"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def nothing_found(listing: Listing, t: Texts) -> str:
    """What to loosen when nothing is found."""
    if listing.search and listing.is_filtered:
        return t(
            "No project has all these words under these filters. Clear the filters, or search for fewer words."
        )
    if listing.search:
        return t("No project has all these words. Search for fewer words, or for a part of a word.")
    return t("No project fits all filters. Take one away, or clear them.")


def _css(column: str) -> str:
    if column in {"annual", "expected", "expected_last", "notified"}:
        return "jcm-n"
    return "jcm-nowrap" if column in {"selected", "registered", "start", "stage"} else ""


def _cell(column: str, row: Mapping[str, Any], listing: Listing, t: Texts) -> str:
    names = listing.names
    if column == "start" and row["start_on"]:
        basis = {"stated": "", "verified": t("by the verified period")}.get(row["start_basis"], t("assumed"))
        return t.day_short(row["start_on"]) + (f"<small>{escape(basis)}</small>" if basis else "")
    if column in {"start", "expected", "expected_last"} and has_no_schedule(row):
        return escape(t("no schedule"))
    if column == "annual" and row["annual_tco2"] is not None:
        annual = tonnes(row["annual_tco2"], t)
        basis = estimate_bases(t)[row["annual_basis"]] if row["annual_basis"] else ""
        return escape(annual) + (f"<small>{escape(basis)}</small>" if basis else "")
    if column == "notified":
        return escape(decided_words(row, t))
    plain: dict[str, str | None] = {
        "country": t.country(row["iso3"]),
        "sector": names["sector"].get(str(row["sector_number"])),
        "technology": names["technology"].get(row["technology"], row["technology"]),
        "programme": names["programme"].get(row["programme"], row["programme"]),
        "funding": names["funding"].get(row["funding"]),
        "stage": _stage(row, names, t),
        "selected": t.year(row["fy_selected"]) if row["fy_selected"] else None,
        "registered": t.day_short(row["registered_on"]) if row["registered_on"] else None,
        "expected": tonnes(row["expected_first_tco2"], t) if row["expected_first_tco2"] is not None else None,
        "expected_last": tonnes(row["expected_last_tco2"], t)
        if row["expected_last_tco2"] is not None
        else None,
        "place": row["location"],
        "methodology": row["methodology"],
        "japanese": row["jp_participants"],
        "partner": row["partner_participants"],
    }
    return escape(plain.get(column) or "–")


def decided_words(row: Mapping[str, Any], t: Texts) -> str:
    """Tonnes decided for issuance of a row of the query `projects`."""
    if row["notified_low_tco2"] is not None:
        return tonnes_between(row["notified_low_tco2"], row["notified_high_tco2"], t)
    return t("amount not known") if row["events"] else "–"


def _stage(row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], t: Texts) -> str:
    """The stage; a project that does not count says so."""
    name = names["status"].get(row["stage"], row["stage"])
    is_open = row["stage"] not in {"withdrawn", "study"} and not row["in_target_scope"]
    return t("{stage}, not counted", stage=name) if is_open else name


def list_tile(listing: Listing, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """The list with its totals and facets."""
    pages = page_count(listing)
    where = t(
        "Rows {first} to {last} of {all}",
        first=t.number((listing.page - 1) * ROWS_A_PAGE + 1 if listing.rows else 0),
        last=t.number((listing.page - 1) * ROWS_A_PAGE + len(listing.rows)),
        all=t.number(listing.chosen["projects"]),
    )
    body = (
        f"{totals_html(listing, t)}{facets_html(listing, link, t)}{rows_html(listing, link, t)}"
        f'<p class="jcm-sentence">{escape(where)}{pager_html(listing, pages, link, t)}</p>'
    )
    return tile(
        "projects",
        "projects",
        t(
            "{n} of {all} projects with an annual estimate",
            n=t.number(listing.chosen["with_estimate"]),
            all=t.number(listing.chosen["projects"]),
        ),
        title=t("Projects with their stage, expected reductions and issuance decided"),
        sentence=told(listing, t),
        body=body,
        table=partial(whole_table, listing, t),
    )


def page_count(listing: Listing) -> int:
    """Pages of the list, at least one."""
    return max(1, -(-int(listing.chosen["projects"]) // ROWS_A_PAGE))


def pager_html(listing: Listing, pages: int, link: Link, t: Texts) -> str:
    """Links to the page before and the page after."""
    steps = []
    for number, name in ((listing.page - 1, t("Previous page")), (listing.page + 1, t("Next page"))):
        if 1 <= number <= pages:
            href = escape(link("projects", page=str(number), **_search(listing)), quote=True)
            steps.append(f'<a class="jcm-link" href="{href}">{escape(name)}</a>')
    return "".join(f" · {step}" for step in steps)


def whole_table(listing: Listing, t: Texts) -> pa.Table:
    """All rows of the selection under headings for people; codes stay codes."""
    names = column_names((listing.first_year, listing.last_year), t)
    headings = {
        "project_id": t("Project"),
        "title_en": t("Title, English"),
        "title_ja": t("Title, Japanese"),
        "iso3": names["country"],
        "sector_number": names["sector"],
        "technology": names["technology"],
        "programme": names["programme"],
        "funding": names["funding"],
        "stage": names["stage"],
        "fy_selected": names["selected"],
        "registered_on": names["registered"],
        "start_on": names["start"],
        "start_basis": t("Start: basis"),
        "annual_tco2": t("Annual estimate (tCO2)"),
        "annual_basis": t("Estimate: basis"),
        "expected_first_tco2": t("Tonnes by FY{year} (tCO2)", year=listing.first_year),
        "expected_last_tco2": t("Tonnes by FY{year} (tCO2)", year=listing.last_year),
        "notified_low_tco2": t("Issuance decided, low end (tCO2)"),
        "notified_high_tco2": t("Issuance decided, high end (tCO2)"),
        "location": names["place"],
        "methodology": names["methodology"],
        "jp_participants": names["japanese"],
        "partner_participants": names["partner"],
        "is_reported": t("Rests on reports alone"),
    }
    return listing.whole().select(list(headings)).rename_columns(list(headings.values()))
