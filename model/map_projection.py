"""The projection of the maps: Equal Earth about 150°E (EPSG:8859), areas true, cut in the Atlantic at 30°W."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Transformer

MAP_CRS = "+proj=eqearth +lon_0=150 +datum=WGS84 +units=m"
METRES_A_UNIT = 1_000
"""Map coordinates are in kilometres: a map of the world needs no finer ones."""


@cache
def _transformer() -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415  # 10 MB that only coordinates without a place on the map need

    return Transformer.from_crs("EPSG:4326", MAP_CRS, always_xy=True)


def project(longitude: float, latitude: float) -> tuple[int, int]:
    """Map coordinates of a place, whole kilometres east and north of 150°E on the equator."""
    x, y = _transformer().transform(longitude, latitude)
    return round(x / METRES_A_UNIT), round(y / METRES_A_UNIT)
