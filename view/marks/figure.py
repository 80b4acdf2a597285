"""The figure that every chart and map is drawn into."""

from typing import Any

import plotly.graph_objects as go


class Figure(go.Figure):  # type: ignore[misc]
    """A figure of plotly that, once finished, is described without being copied: many readers are shown the same one."""

    _description: dict[str, Any] | None = None

    def finish(self) -> "Figure":
        """The same; it is not changed from here on."""
        self._description = self.to_dict()
        return self

    def to_dict(self) -> dict[str, Any]:
        """The figure as plotly's JSON has it; treat that of a finished one as read-only."""
        if self._description is not None:
            return self._description
        described: dict[str, Any] = super().to_dict()
        return described
