"""The countries page: partner countries ranked, mapped, drawn beside each other, and what is known of each."""

import streamlit as st

from pages.frame import Frame, open_frame
from queries.record import decided_targets
from view.countries import page as countries
from view.countries.ranking import figure_names, per_names


def choose(frame: Frame) -> dict[str, str]:
    """The measure, what it is set against, and up to which target year."""
    t, one = frame.t, frame.controls.one
    decided = decided_targets(frame.warehouse, frame.selection.as_of)
    years = {str(year): t.year(year) for year in decided}
    left, middle, right = st.columns([1.6, 1.6, 1], gap="medium", vertical_alignment="bottom")
    with left:
        figure = one("figure", t("Stage"), figure_names(t))
    with middle:
        per = one("per", t("Shown as"), per_names(t))
    with right:
        until = one("until", t("To the end of"), years)
    return {"figure": figure, "per": per, "until": until}


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame(view=("share", "year", "dating"), shows_nothing_too=True)
    page = frame.show(countries, choose(frame))
    clicked = page.columns((1.1, 1), ("ranking",), ("choropleth", "multiples"))
    page.draw("matrix")
    st.page_link(
        "pages/readiness.py",
        label=frame.t("How far each partner is with Article 6"),
        query_params={"lang": frame.t.lang},
    )
    frame.foot()
    frame.follow(clicked)


main()
