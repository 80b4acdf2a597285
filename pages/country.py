"""The profile of one partner country."""

import streamlit as st

from model.near_matches import exact_match, near_matches
from pages.frame import open_frame
from view.breadcrumbs import draw_breadcrumbs
from view.countries import profile
from view.countries.stated_totals import stated_totals
from view.flipping import flip_through
from view.texts import texts


def main() -> None:
    """The country asked for, or near matches."""
    frame = open_frame(filters=(), view=("measure", "share", "form", "year", "dating"))
    t, controls = frame.t, frame.controls
    asked = controls.given("iso3") or controls.only("country") or ""
    own = frame.names["country"]
    names = {code: (own[code], texts("en").country(code), texts("ja").country(code)) for code in own}
    by_name = {name: code for code, some in names.items() for name in (code, *some)}
    iso3 = by_name.get(exact_match(asked, list(by_name)) or "")
    controls.hold("iso3", iso3 or asked)
    if iso3 is None:
        near = near_matches(asked, names)
        frame.finish(profile.unknown_country_html(asked, near, list(names), frame.context().link, t))
        frame.foot()
        return
    place = frame.head.container()
    page = frame.show(profile, {"iso3": iso3}, frame.selection.narrowed(country=[iso3]))
    draw_breadcrumbs(place, "countries", t("Countries"), own[iso3], t)
    with frame.head, st.container(horizontal=True, gap="small"):
        flip_through("country", "iso3", own, iso3, t)
        st.page_link(
            "pages/briefing.py",
            label=t("Print or brief: this country as slides and paper"),
            query_params={"audience": "country", "iso3": iso3, "lang": t.lang},
        )
    if page.content.has_facts:
        if stated_totals(page.content):
            page.columns((1.7, 1), ("cumulative", "country_place"), ("stated_totals", "time_line"))
            page.draw("ladder", "mix", "country_projects")
        else:
            page.columns((1.7, 1), ("cumulative",), ("country_place",))
            page.draw("ladder", "mix")
            page.columns((1.4, 1), ("country_projects",), ("time_line",))
        page.draw("country_issuances", "readiness_steps")
        page.columns((1, 1), ("climate", "readiness", "country_statements"), ("unknown", "verified"))
    else:
        facts = ("time_line", "readiness_steps", "climate", "readiness", "country_statements")
        page.columns((1.7, 1), facts, ("country_place", "unknown"))
    frame.foot()


main()
