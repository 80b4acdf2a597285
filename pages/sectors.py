"""The sectors page: sectors and technologies beside each other and across partner countries."""

import streamlit as st

from pages.frame import open_frame
from queries.record import latest_target_years
from view.sectors import page as sectors
from view.sectors.heat_map import cell_names


def main() -> None:
    """Controls, then the tiles of the selection; the choice of the heat map is beside it."""
    frame = open_frame(view=("share", "year", "dating"))
    t = frame.t
    by = frame.controls.one("by", t("Rows"), {"sector": t("Sectors"), "technology": t("Technologies")})
    between = st.container()
    cells = cell_names(t, *latest_target_years(frame.warehouse, frame.selection.as_of))
    cell = frame.controls.one("cell", t("Cells of the heat map"), {str(code): cells[code] for code in cells})
    page = frame.show(sectors, {"by": by, "cell": cell})
    with between:
        page.draw("groups", "build_up")
    page.draw("heat", "durations", "delivery")
    st.page_link(
        "pages/methodologies.py",
        label=t("Methodologies, decisions and days in each step"),
        query_params={"lang": t.lang},
    )
    frame.foot()


main()
