"""Outlines for the maps from the UN geodata that the npm package plotly.js ships, with GeoPandas.

Only partner countries are drawn with an outline, over one land shape without borders, so that no border between
other countries is drawn at all. Disputed areas of the source are shapes of their own.
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely import affinity

from etl.sources.csv_rows import read_rows
from model.map_projection import MAP_CRS, METRES_A_UNIT

CUT_LONGITUDE = -30.0
TOLERANCE_METRES = 9_000
LAND_TOLERANCE_METRES = 12_000
SMALLEST_ISLAND_KM2 = 2_500
SMALLEST_PARTNER_ISLAND_KM2 = 150
SMALL_COUNTRY_KM2 = 5_000
NORTH, SOUTH = 79.0, -57.0
DISPUTED: Mapping[str, tuple[str, str]] = {
    "XJK": ("Jammu and Kashmir", "ジャム・カシミール"),
    "XAC": ("Aksai Chin", "アクサイチン"),
    "XAP": ("Arunachal Pradesh", "アルナーチャル・プラデーシュ"),
    "XIT": ("Ilemi Triangle", "イレミ三角地帯"),
    "XHT": ("Hala'ib Triangle", "ハラーイブ・トライアングル"),
    "XBT": ("Bi'r Tawil", "ビル・タウィール"),
}

_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")


def topology(assets: Path, name: str = "world_50m") -> dict[str, object]:
    """The TopoJSON of that name inside plotly-geo-assets.js. Raises ValueError when it is not there."""
    text = assets.read_text(encoding="utf-8")
    begin = text.find(f'"dist/topojson/{name}.json"(')
    if begin < 0:
        message = f"{assets} holds no {name}; expected dist/plotly-geo-assets.js of the npm package plotly.js"
        raise ValueError(message)
    begin = text.index("module.exports = ", begin) + len("module.exports = ")
    # The file is JavaScript: its keys are not quoted, its values are plain.
    literal = _KEY.sub(r'\1"\2"\3', text[begin : text.index("\n", begin)].rstrip().removesuffix(";"))
    found: dict[str, object] = json.JSONDecoder().raw_decode(literal)[0]
    return found


def prepare(assets: Path, partners: Sequence[tuple[str, str, str]]) -> list[dict[str, object]]:
    """Rows of data/geo/shapes.csv. `partners` are code, English and Japanese name.

    Raises ValueError for a partner that the source has no area of.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(topology(assets), file)
        file.flush()
        read = gpd.read_file(file.name, layer="countries").set_crs(4326, allow_override=True)
    read["geometry"] = [_whole(shape) for shape in read.geometry]
    read = read[read.geometry.notna() & (read["id"] != "ATA")]
    world = read.dissolve("id").reset_index()
    missing = sorted({code for code, _, _ in partners} - set(world["id"]))
    if missing:
        message = f"the source has no area for {', '.join(missing)}"
        raise ValueError(message)
    world["geometry"] = [_pacific(shape) for shape in world.geometry]
    flat = world.set_geometry(gpd.GeoSeries(_projected(world.geometry), index=world.index))
    flat["geometry"] = shapely.coverage_simplify(flat.geometry.to_numpy(), TOLERANCE_METRES)
    by_code = dict(zip(flat["id"], flat.geometry, strict=True))
    fine = dict(zip(world["id"], world.geometry, strict=True))
    land = shapely.union_all([shape.buffer(1) for shape in by_code.values()])
    land = shapely.simplify(land, LAND_TOLERANCE_METRES)
    rows = [_row(_Named("land"), _kept(land, SMALLEST_ISLAND_KM2), None)]
    for code, name_en, name_ja in sorted(partners):
        is_small = by_code[code].area / 1e6 < SMALL_COUNTRY_KM2
        # Islands of a few kilometres would not outlive the simplifying: they stay as they are.
        outline = (
            _kept(_projected([fine[code]])[0], 0)
            if is_small
            else _kept(by_code[code], SMALLEST_PARTNER_ISLAND_KM2)
        )
        rows.append(_row(_Named("partner", code, name_en, name_ja), outline, fine[code]))
    for code, (name_en, name_ja) in DISPUTED.items():
        if code in by_code:
            outline = _kept(by_code[code], 0)
            rows.append(_row(_Named("disputed", code, name_en, name_ja), outline, fine[code]))
    return rows


def partners_of(path: Path) -> list[tuple[str, str, str]]:
    """Code, English and Japanese name of every partner in partner_countries.csv."""
    return [(row["iso3"], row["name_en"], row["name_ja"]) for row in read_rows(path)]


@dataclass(frozen=True)
class _Named:
    """What a shape is called; `code` is empty for the land."""

    kind: str
    code: str = ""
    name_en: str = ""
    name_ja: str = ""


def _row(named: _Named, outline: shapely.Geometry, fine: shapely.Geometry | None) -> dict[str, object]:
    row: dict[str, object] = {
        "shape_id": f"{named.kind}-{named.code}" if named.code else named.kind,
        "kind": named.kind,
        "iso3": named.code if named.kind == "partner" else "",
        "name_en": named.name_en,
        "name_ja": named.name_ja,
        "outline": shapely.to_wkt(outline, rounding_precision=0),
        "wkt": "",
    }
    if fine is not None:
        largest = max(shapely.get_parts(fine), key=lambda part: part.area)
        label = largest.representative_point()
        (point,) = _projected([label])
        simple = shapely.simplify(fine, 0.02)
        row |= {
            "label_longitude": round((label.x + 180) % 360 - 180, 3),
            "label_latitude": round(label.y, 3),
            "label_x": round(point.x / METRES_A_UNIT),
            "label_y": round(point.y / METRES_A_UNIT),
            "wkt": shapely.to_wkt(shapely.set_precision(_atlantic(simple), 0.01), rounding_precision=2),
        }
    return row


def _whole(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """A shape whose rings do not jump at the antimeridian, cut to −180…180."""
    if shape is None or shape.is_empty:
        return None
    parts = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        rings = [_unwrapped(ring) for ring in (polygon.exterior, *polygon.interiors)]
        whole = shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
        for turn in (-360, 0, 360):
            moved = affinity.translate(whole, xoff=turn).intersection(shapely.box(-180, SOUTH, 180, NORTH))
            parts += [p for p in shapely.get_parts(moved) if p.geom_type == "Polygon" and p.area > 0]
    return shapely.MultiPolygon(_polygons(shapely.union_all(parts))) if parts else None


def _unwrapped(ring: shapely.LinearRing) -> npt.NDArray[np.float64]:
    points: npt.NDArray[np.float64] = shapely.get_coordinates(ring).copy()
    steps = np.diff(points[:, 0])
    points[1:, 0] += np.cumsum(np.where(steps > 180, -360, np.where(steps < -180, 360, 0)))
    return points


def _pacific(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape with longitudes from −30 to 330, as the map runs."""
    east = shape.intersection(shapely.box(CUT_LONGITUDE, -90, 180, 90))
    west = affinity.translate(shape.intersection(shapely.box(-180, -90, CUT_LONGITUDE, 90)), xoff=360)
    # Both sides of the antimeridian meet again; a hair of overlap closes the seam.
    joined = shapely.union_all([shapely.buffer(east, 1e-9), shapely.buffer(west, 1e-9)])
    return shapely.MultiPolygon(_polygons(joined))


def _atlantic(shape: shapely.Geometry) -> shapely.Geometry:
    """Back to longitudes from −180 to 180."""
    east = shape.intersection(shapely.box(-180, -90, 180, 90))
    west = affinity.translate(shape.intersection(shapely.box(180, -90, 540, 90)), xoff=-360)
    return shapely.MultiPolygon(_polygons(shapely.make_valid(shapely.union_all([east, west]))))


def _projected(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    transformer = Transformer.from_crs("EPSG:4326", MAP_CRS, always_xy=True)

    def flat(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        # The edges of the map belong to their own side.
        longitudes = np.clip(points[:, 0], CUT_LONGITUDE + 1e-6, CUT_LONGITUDE + 360 - 1e-6)
        x, y = transformer.transform(longitudes, points[:, 1])
        return np.asarray(np.column_stack([x, y]))

    return [shapely.transform(shape, flat) for shape in shapes]


def _kept(shape: shapely.Geometry, smallest_km2: float) -> shapely.Geometry:
    """In kilometres, without islands below a size (the largest always stays) and without lakes."""
    parts = sorted(_polygons(shapely.make_valid(shape)), key=lambda part: -part.area)
    kept = [p for i, p in enumerate(parts) if i == 0 or p.area / 1e6 >= smallest_km2]
    whole = [
        shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area / 1e6 > 20_000])
        for p in kept
    ]
    scaled = affinity.scale(shapely.MultiPolygon(whole), 1 / METRES_A_UNIT, 1 / METRES_A_UNIT, origin=(0, 0))
    return shapely.MultiPolygon(_polygons(shapely.set_precision(scaled, 1)))


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return [
        p for p in shapely.get_parts(shapely.get_parts(shape)) if p.geom_type == "Polygon" and not p.is_empty
    ]
