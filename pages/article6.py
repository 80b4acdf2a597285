"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from exports.article6.files import NotThisFormat, archive, read, workbook
from exports.article6.filling import PARTY, report_of, report_years
from model.ledger.agreed_format import Report
from pages.frame import open_frame
from view.ledger import page as article6
from view.ledger.format import Writers, draw_format

WRITERS: Writers = {"XLSX": ("xlsx", workbook), "CSV (ZIP)": ("zip", archive)}


def read_back(body: bytes) -> Report | tuple[str, str]:
    """The report in a file, or why it is not one."""
    try:
        return read(body)
    except NotThisFormat as refused:
        return refused.en, refused.ja


def main() -> None:
    """Controls, the tiles of the selection, and the agreed electronic format."""
    frame = open_frame()
    page = frame.show(article6)
    page.draw(*page.keys)
    entries = frame.rows_for_others("ledger_entries", **frame.selection.filters())
    draw_format(
        frame.t,
        reports=lambda year: report_of(entries, year),
        years=report_years(entries, frame.selection.as_of.year),
        parties=frozenset(frame.names["country"]) | {PARTY},
        writers=WRITERS,
        read=read_back,
        version=frame.public.data_version,
    )
    frame.foot()


main()
