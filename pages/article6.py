"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from datetime import UTC, datetime

import streamlit as st

from exports.article6.reading import NotThisFormat, read
from exports.article6.record import PARTIES, record_of
from exports.article6.writing import archive, workbook
from model.ledger.agreed_format.report import Report, Words
from pages.frame import open_frame
from view.ledger import page as article6
from view.ledger.format import Checks, Writers, draw_format
from view.ledger.gx import gx_names

WRITERS: Writers = {"XLSX": ("xlsx", workbook), "CSV (ZIP)": ("zip", archive)}


def read_back(body: bytes) -> Report | Words:
    """The report in a file, or why it is not one."""
    try:
        return read(body)
    except NotThisFormat as refused:
        return refused.en, refused.ja


def main() -> None:
    """Controls, the tiles of the selection, and the agreed electronic format."""
    frame = open_frame(lists="issuances", shows_nothing_too=True)
    above, chosen, below = st.container(), st.container(), st.container()
    with chosen:
        gx = frame.controls.one("gx", frame.t("Credits usable in GX-ETS"), gx_names(frame.t))
    page = frame.show(article6, {"gx": gx})
    with above:
        page.draw("ledger_states", "adjustments", "ndc_periods", "host_side")
    with below:
        page.draw("credits_listed", "article6_entries", "ledger_entries")
    as_of, version = frame.selection.as_of, frame.public.data_version
    record = frame.kept(
        lambda: record_of(frame.rows_for_others, as_of, version), "article6_record", as_of, version
    )
    checks = Checks(read_back, PARTIES, datetime.now(UTC).date())
    draw_format(frame.t, record, checks, WRITERS)
    frame.foot()


main()
