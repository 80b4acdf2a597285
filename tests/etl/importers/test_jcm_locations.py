"""Places of projects from the file of the JCM website."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importers import jcm_locations
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import LOCATION_HEAD, NAMES, csv_of, document, locations_csv, workbook_of

PLACE = "Mongolia\nInvented Province\n1 Invented Street\n47.918, 106.917"


def read(content: bytes) -> Reading:
    return jcm_locations.read(document(content, "JCM_Projects_data.csv"), NAMES)


def cells_of(place: str) -> dict[str, str]:
    [row] = read(locations_csv({"MN901": place})).observed
    return dict(row.cells)


def test_four_lines_of_a_cell_are_country_province_address_and_coordinates() -> None:
    reading = read(locations_csv({"MN901": PLACE}))
    [row] = reading.observed
    assert (row.table, row.key) == ("project", "MN901")
    assert dict(row.cells) == {
        "location": "1 Invented Street, Invented Province",
        "latitude": "47.918",
        "longitude": "106.917",
    }
    assert not reading.set_aside
    assert reading.covers == {}, "the file is no list of what exists"
    assert list(reading.unknown_headings) == ["Title of the project"]


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ("Mongolia\nInvented Province\nN/A\nN/A", "Invented Province"),
        ("Mongolia\nN/A\n1 Invented Street\nN/A", "1 Invented Street"),
        ("Mongolia\n\n1 Invented Street\n－", "1 Invented Street"),
        ("Mongolia\nInvented City\nInvented City\nN/A", "Invented City"),
        ("Mongolia\nInvented Province\nInvented Park\n1 Invented Street\nN/A", "Invented Park, 1 Invented Street, Invented Province"),
        ("Mongolia\nInvented Province", "Invented Province"),
        ("Invented Province", "Invented Province"),
    ],
)  # fmt: skip
def test_lines_that_state_nothing_or_are_not_four_give_the_place_alone(place: str, location: str) -> None:
    assert cells_of(place) == {"location": location}


@pytest.mark.parametrize(
    "point",
    [
        "47.918, 106.917",
        "47.918,106.917",
        "47.918 106.917",
        "（47.918、106.917）",
        "47.918°N, 106.917°E",
        "47.918N 106.917E",
        "N47.918 E106.917",
        "E106.917, N47.918",
        "Latitude: 47.918, Longitude: 106.917",
        "GPS: 47.918; 106.917",
        "47°55'4.8\"N, 106°55'1.2\"E",
        "47°55′4.8″N106°55′1.2″E",
        "47° 55' 4.8\" N 106° 55' 1.2\" E",
        "北緯47度55分4.8秒 東経106度55分1.2秒",
        "47.918000, 106.917000",
    ],
)
def test_coordinates_are_read_in_every_style(point: str) -> None:
    cells = cells_of(f"Mongolia\nInvented Province\nN/A\n{point}")
    assert (cells["latitude"], cells["longitude"]) == ("47.918", "106.917")


def test_south_and_west_are_negative() -> None:
    for point in ("-6.35, -70.5", "6.35S, 70.5W", "S6.35 W70.5", "6°21'S 70°30'W", "−6.35, −70.5"):
        cells = cells_of(f"Mongolia\nN/A\nN/A\n{point}")
        assert (cells["latitude"], cells["longitude"]) == ("-6.35", "-70.5")


@pytest.mark.parametrize(
    "point",
    ["91, 106.9", "106.917, 47.918", "47.9, 181", "47.918", "47,918, 106,917", "somewhere", "47°55', 106°55'", "47.9N, 106.9N", "47.9E, 106.9N, 3", "47°75'N, 106°55'E"],
)  # fmt: skip
def test_a_point_that_is_none_leaves_the_row_without_coordinates_and_is_named(point: str) -> None:
    reading = read(locations_csv({"MN901": f"Mongolia\nInvented Province\nN/A\n{point}"}))
    [row] = reading.observed
    assert dict(row.cells) == {"location": "Invented Province"}
    [aside] = reading.set_aside
    assert aside.where == "JCM_Projects_data.csv: line 2, Location of project"
    assert aside.found == point
    assert "a latitude of -90 to 90" in aside.message_en
    assert "緯度" in aside.message_ja


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_on_earth_reads_back(latitude: float, longitude: float) -> None:
    point = jcm_locations.coordinates_of(f"{latitude:.5f}, {longitude:.5f}")
    assert [float(text) for text in point] == pytest.approx([latitude, longitude], abs=1e-5)


def test_rows_without_a_reference_number_and_second_places_are_named() -> None:
    rows = [LOCATION_HEAD, ["", "x", PLACE], ["MN901", "x", PLACE], ["MN901", "x", PLACE.replace("1 ", "2 ")]]
    reading = read(csv_of(rows))
    assert [row.cells["location"] for row in reading.observed] == ["1 Invented Street, Invented Province"]
    assert ["reference number" in a.message_en or "only place" in a.message_en for a in reading.set_aside] == [True] * 2  # fmt: skip


def test_the_file_is_read_in_shift_jis_and_as_a_workbook() -> None:
    place = "モンゴル\n架空県\n架空町１ノ１\n47.918, 106.917"
    expected = {"location": "架空町１ノ１, 架空県", "latitude": "47.918", "longitude": "106.917"}
    for content in (
        locations_csv({"MN901": place}, "cp932"),
        workbook_of([LOCATION_HEAD, ["MN901", "", place]]),
    ):
        [row] = read(content).observed
        assert dict(row.cells) == expected


def test_a_file_without_places_is_refused_by_name() -> None:
    with pytest.raises(SourceNotRead, match="Missing: Location of project"):
        read(csv_of([["Reference number", "Title"], ["MN901", "x"]]))
