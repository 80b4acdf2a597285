"""What the list of projects knows for one selection."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from model.filters import FILTER
from queries.runner import Row
from view.page import Content, Rows

ROWS_A_PAGE = 50


ALL_ROWS = 1_000_000


class Listing(Content):
    """What the list knows for one selection."""

    @property
    def columns(self) -> Sequence[str]:
        """Columns that the reader chose."""
        columns: Sequence[str] = self.context.choice["columns"]
        return columns

    @property
    def sort(self) -> str:
        """The order of the rows."""
        return str(self.context.choice["sort"])

    @property
    def search(self) -> str:
        """Words that are searched for."""
        return str(self.context.choice["search"])

    @property
    def total(self) -> Row:
        """Counts and sums of all projects."""
        return self.answers["project_totals:all"][0]

    @property
    def chosen(self) -> Row:
        """Counts and sums of the selection."""
        return self.answers["project_totals"][0]

    @property
    def facets(self) -> Mapping[str, Rows]:
        """Values of each filter with their projects, under the other filters."""
        return {key: self.answers[f"project_facet:{key}"] for key in FILTER}

    @property
    def page(self) -> int:
        """The page of the list, within those there are."""
        return page_number(self.context.choice["page"], self.chosen["projects"])

    @cached_property
    def rows(self) -> Rows:
        """Rows of that page."""
        return self._listed(rows_before=(self.page - 1) * ROWS_A_PAGE, rows_at_most=ROWS_A_PAGE)

    def whole(self) -> Rows:
        """All rows of the selection, for the table and the files."""
        return self._listed(rows_at_most=ALL_ROWS)

    def _listed(self, **part: int) -> Rows:
        asked = {**self.answers.questions["projects"], **part}
        return self.answers.also({"projects": asked})["projects"]


def page_number(text: str | None, projects: int) -> int:
    """The page asked for, within the pages there are."""
    asked = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(1, asked), max(1, -(-projects // ROWS_A_PAGE)))
