"""What the map page knows for one selection."""

from functools import cached_property

from view.page import Asked, Content
from view.world_map import Rows

DRAWN_AT_MOST = 1_500
"""Sites drawn one by one; above it squares are drawn with their number of projects."""


class MapContent(Content):
    """What the map page knows for one selection. `clusters` are drawn instead of `rows` above DRAWN_AT_MOST."""

    shapes = Asked("map_shapes")
    clusters = Asked("map_clusters")
    totals = Asked("map_totals")
    ladder = Asked("ladder_by_group")

    @cached_property
    def rows(self) -> Rows:
        """Sites of the projects selected or known by the year chosen."""
        return [row for row in self.answers["map_projects"] if row["from_fiscal_year"] <= self.built_by]

    @property
    def colour_by(self) -> str:
        """What colours mean: status or technology."""
        return str(self.context.choice["colour"])

    @property
    def built_by(self) -> int:
        """Fiscal year up to which projects are shown."""
        return int(self.context.choice["built_by"])

    @property
    def is_gathered(self) -> bool:
        """Whether squares are drawn."""
        return bool(sum(row["sites"] for row in self.totals) > DRAWN_AT_MOST)
