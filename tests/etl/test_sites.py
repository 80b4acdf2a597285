"""Where a project stands on the map: stated coordinates, places looked up, or its country, and what the build says."""

from typing import Any

import polars as pl
import pytest
import shapely

from etl.contracts import table
from etl.sources.values import READERS, ValueNotUnderstood
from etl.steps.sites import project_sites, remarks_on_sites
from tests.etl.data_folder import DataFolder

BOX = "MULTIPOLYGON (((87 41, 120 41, 120 52, 87 52, 87 41)))"
SHAPES: list[dict[str, Any]] = [
    {
        "shape_id": "partner-MNG",
        "kind": "partner",
        "iso3": "MNG",
        "wkt": BOX,
        "label_x": -3600,
        "label_y": 5660,
    }
]


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    columns = {n: column.dtype for n, column in table(name).schema.columns().items()}
    return pl.DataFrame([dict.fromkeys(columns) | row for row in rows], schema=columns)


def sites(
    project: dict[str, Any],
    places: list[dict[str, Any]] | None = None,
    shapes: list[dict[str, Any]] | None = None,
) -> tuple[list[dict[str, Any]], list[str]]:
    projects = frame("project", [{"project_id": "X1", "iso3": "MNG", **project}])
    outlines = frame("map_shape", SHAPES if shapes is None else shapes)
    made = project_sites(projects, frame("project_place", places or []), outlines)
    return made.to_dicts(), remarks_on_sites(made, projects, outlines)


def place(**changes: Any) -> dict[str, Any]:
    return {
        "project_id": "X1",
        "site_number": 1,
        "location": "Darkhan",
        "place_text": "Darkhan",
        "place_name": "Darhan",
        "latitude": 49.49,
        "longitude": 105.92,
        "precision": "town",
        "method": "gazetteer",
    } | changes


def test_stated_coordinates_win_over_a_place_looked_up() -> None:
    (site,), remarks = sites({"location": "Darkhan", "latitude": 47.9, "longitude": 106.9}, [place()])
    assert (site["precision"], site["method"], site["latitude"]) == ("site", "stated", 47.9)
    assert site["map_x"] < 0 < site["map_y"]
    assert remarks == []


def test_a_place_holds_while_its_text_is_unchanged() -> None:
    (site,), _ = sites({"location": "Darkhan"}, [place()])
    assert (site["precision"], site["place_name"], site["doubt"]) == ("town", "Darhan", None)
    (changed,), remarks = sites({"location": "Erdenet"}, [place()])
    assert (changed["precision"], changed["doubt"], changed["place_text"]) == (
        "country",
        "not looked up",
        "Erdenet",
    )
    assert remarks == [
        "Not looked up: the places of X1 (1 in all); they stand at country level. Run: python -m etl places"
    ]


def test_without_a_place_a_project_stands_at_the_label_of_its_country() -> None:
    (site,), _ = sites({})
    assert (site["precision"], site["doubt"], site["map_x"], site["map_y"]) == (
        "country",
        "not stated",
        -3600,
        5660,
    )
    assert site["latitude"] is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "doubt", "words"),
    [
        (106.9, 47.9, "looks swapped", "X1: 106.9, 47.9: latitude and longitude look swapped"),
        (13.7, 100.5, "outside its country", "X1: 13.7, 100.5: the place lies outside MNG"),
    ],
)
def test_coordinates_that_do_not_fit_are_told_and_the_project_is_kept(
    latitude: float, longitude: float, doubt: str, words: str
) -> None:
    (site,), (remark,) = sites({"latitude": latitude, "longitude": longitude})
    assert (site["precision"], site["doubt"], site["latitude"]) == ("country", doubt, None)
    assert words in remark
    assert "kept at country level; correct the coordinates" in remark


def test_a_coast_cut_short_by_the_outline_is_no_fault() -> None:
    (site,), _ = sites({"latitude": 47.0, "longitude": 120.3})
    assert site["precision"] == "site"


def test_a_country_without_an_outline_is_told_and_its_projects_are_kept() -> None:
    (site,), (remark,) = sites({}, shapes=[])
    assert (site["precision"], site["map_x"]) == ("country", None)
    assert "no outline for MNG" in remark
    assert "Run: python -m etl geo" in remark


def test_several_sites_stay_apart() -> None:
    rows = [place(), place(site_number=2, place_text="Erdenet", latitude=49.03, longitude=104.04)]
    found, _ = sites({"location": "Darkhan"}, rows)
    assert [site["place_text"] for site in found] == ["Darkhan", "Erdenet"]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("13.59589", 13.59589),
        ("-6.35", -6.35),
        ("21°30'N", 21.5),
        ("21°30′S", -21.5),
        ("105°30'36\"W", -105.51),
        ("東経105度30分36秒", 105.51),
        ("北緯21度30分", 21.5),
        ("２１°３０'Ｎ", 21.5),
    ],
)
def test_degrees_and_minutes_with_a_direction_are_understood(text: str, degrees: float) -> None:
    assert READERS["coordinate"](text) == pytest.approx(degrees)


@pytest.mark.parametrize("text", ["21°30'", "21°75'N", "21 30 N", "N", "21°30'N E", "北緯21度30分N"])
def test_degrees_and_minutes_that_could_mean_two_things_are_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="degrees"):
        READERS["coordinate"](text)


def test_every_partner_has_an_outline_that_holds_its_label(data: DataFolder) -> None:
    import csv  # noqa: PLC0415

    with (data.path / "geo" / "shapes.csv").open(encoding="utf-8") as file:
        shapes = list(csv.DictReader(file))
    with (data.path / "snapshot" / "partner_countries.csv").open(encoding="utf-8") as file:
        partners = {row["iso3"] for row in csv.DictReader(file)}
    outlined = {row["iso3"]: row for row in shapes if row["kind"] == "partner"}
    assert set(outlined) == partners
    for row in outlined.values():
        degrees = shapely.from_wkt(row["wkt"])
        label = shapely.Point(float(row["label_longitude"]), float(row["label_latitude"]))
        assert degrees.is_valid
        assert degrees.distance(label) < 0.05, row["iso3"]
        flat = shapely.from_wkt(row["outline"])
        assert flat.is_valid
        assert flat.distance(shapely.Point(float(row["label_x"]), float(row["label_y"]))) < 60, row["iso3"]


def test_what_is_disputed_is_no_part_of_a_partner(data: DataFolder) -> None:
    import csv  # noqa: PLC0415

    with (data.path / "geo" / "shapes.csv").open(encoding="utf-8") as file:
        shapes = {row["shape_id"]: shapely.from_wkt(row["wkt"]) for row in csv.DictReader(file) if row["wkt"]}
    inside = {
        "Simferopol": (34.1, 44.95, "partner-UKR"),
        "Srinagar": (74.8, 34.08, "disputed-XJK"),
        "Tawang": (91.86, 27.58, "disputed-XAP"),
        "Aksai Chin": (79.5, 35.2, "disputed-XAC"),
    }
    for name, (longitude, latitude, expected) in inside.items():
        point = shapely.Point(longitude, latitude)
        holding = {shape_id for shape_id, shape in shapes.items() if shape.buffer(1e-6).contains(point)}
        assert holding == {expected}, name
