"""The credits page: what was decided for issuance and issued, when, to whom, and how late."""

import streamlit as st

from pages.frame import Frame, open_frame
from view.credits import page as credits_page
from view.credits.content import by_names, counted_names


def choose(frame: Frame) -> dict[str, str]:
    """What a year is the year of, and what the parts of the chart are."""
    t, one = frame.t, frame.controls.one
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        counted = one("counted", t("Counted in the"), counted_names(t))
    with right:
        by = one("by", t("Parts"), by_names(t))
    return {"counted": counted, "by": by}


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame(view=("form",), lists="issuances")
    page = frame.show(credits_page, choose(frame))
    page.draw("credits_by_year", "official_years", "vintages", "allocation_country", "allocation_year")
    page.columns((1.1, 1), ("issuance_delays",), ("delivery_country",))
    page.draw("issuance_events", "stated_credits")
    frame.foot()


main()
