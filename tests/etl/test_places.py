"""Texts of places to coordinates: what is found, what is left at country level, and why."""

from pathlib import Path

import pytest

from etl.geo.places import Gazetteer, folded, look_up, sites_in
from etl.sources.csv_rows import read_rows
from model.map_projection import project

GEO = Path(__file__).parent.parent.parent / "data" / "geo"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    # Places of 15,000 people and more suffice here and load fast.
    few = [
        {"iso3": "IDN", "province": "Central Java", "capital": "Semarang", "geoname_id": "1627896"},
        {"iso3": "IDN", "province": "West Java", "capital": "Bandung", "geoname_id": "1650357"},
        {"iso3": "VNM", "province": "Hanoi", "capital": "Hanoi", "geoname_id": "1581130"},
        {"iso3": "SAU", "province": "Makkah", "capital": "Mecca", "geoname_id": "104515"},
        {"iso3": "TUN", "province": "Béja", "capital": "Béja", "geoname_id": "2472774"},
    ]
    return Gazetteer(few, smallest=15_000)


@pytest.mark.parametrize(
    ("iso3", "text", "name", "precision"),
    [
        ("IDN", "Karawang, West Java", "Karawang", "town"),
        ("IDN", "Semarang, Central Java", "Semarang", "town"),
        ("TUN", "Béja, Béja Governorate", "Béja", "town"),
        ("VNM", "Hanoi #1581130", "Hanoi", "town"),
        ("IDN", "West Java Province", "Bandung", "province"),
        ("IDN", "Patuha, West Java", "Bandung", "province"),
        ("VNM", "Viet Duc Hospital, Hanoi", "Hanoi", "town"),
        ("VNM", "ハノイ", "Hanoi", "town"),
        ("SAU", "Rabigh Industrial City, Makkah Province", "Makkah", "province"),
        ("TUN", "Béja", "Béja", "province"),
        ("THA", "ＣＨＩＡＮＧ　ＭＡＩ", "Chiang Mai", "town"),
        ("KEN", "20 km north of Malindi, Kilifi County", "Malindi", "town"),
    ],
)
def test_a_place_is_found_at_the_precision_of_its_text(
    gazetteer: Gazetteer, iso3: str, text: str, name: str, precision: str
) -> None:
    place = gazetteer.find(iso3, text)
    assert place.city is not None
    assert (place.city["name"], place.precision, place.doubt) == (name, precision, "")


@pytest.mark.parametrize(
    ("iso3", "text", "doubt"),
    [
        ("PHL", "San Fernando", "several places of that name"),
        ("IDN", "Java", "area too wide"),
        ("VNM", "19 provinces and cities of southern Viet Nam", "area too wide"),
        ("KEN", "Rupingazi River", "not found"),
        ("MNG", "Karawang", "not found"),
    ],
)
def test_what_is_doubtful_stays_at_country_level_with_its_reason(
    gazetteer: Gazetteer, iso3: str, text: str, doubt: str
) -> None:
    place = gazetteer.find(iso3, text)
    assert place.city is None
    assert (place.precision, place.doubt) == ("country", doubt)


@pytest.mark.parametrize(
    ("location", "sites"),
    [
        ("Me Linh, Hanoi; Di An, Binh Duong Province", ["Me Linh, Hanoi", "Di An, Binh Duong Province"]),
        ("Batangas and Laguna Provinces", ["Batangas Province", "Laguna Province"]),
        ("Five places, among them Phnom Penh and Siem Reap", ["Phnom Penh", "Siem Reap"]),
        ("Barisal to Gopalganj", ["Barisal", "Gopalganj"]),
        ("Jakarta (12 stores)", ["Jakarta"]),
        ("Hau Giang Province (now Can Tho City)", ["Hau Giang Province"]),
        ("Darkhan", ["Darkhan"]),
    ],
)
def test_several_sites_are_kept_apart(location: str, sites: list[str]) -> None:
    assert sites_in(location) == sites


def test_names_are_compared_without_accents_case_width_and_hyphens() -> None:
    assert folded("Thủ Dầu Một") == folded("THU DAU MOT")
    assert folded("Đông Hà") == folded("dong ha")
    assert folded("Bang Pa-in") == folded("bang pa in")


def test_a_reading_of_ours_is_taken_instead_of_the_text(gazetteer: Gazetteer) -> None:
    stated = [{"project_id": "X", "iso3": "VNM", "location": "Hotel Nikko Hanoi"}]
    (without,) = look_up(stated, {}, gazetteer)
    (read,) = look_up(stated, {"Hotel Nikko Hanoi": "Hanoi"}, gazetteer)
    (left,) = look_up(stated, {"Hotel Nikko Hanoi": ""}, gazetteer)
    assert without["doubt"] == "not found"
    assert (read["place_name"], read["location"]) == ("Hanoi", "Hotel Nikko Hanoi")
    assert left["doubt"] == "area too wide"


def test_a_larger_place_of_the_name_does_not_win_over_one_of_unknown_size() -> None:
    # Batang, the seat of its regency, has no number of people in the gazetteer; the larger Batang is another.
    every_place = Gazetteer(read_rows(GEO / "provinces.csv"))
    place = every_place.find("IDN", "Batang")
    assert (place.city, place.doubt) == (None, "several places of that name")
    in_its_province = every_place.find("IDN", "Batang, Central Java")
    assert in_its_province.precision == "province"
    chosen = every_place.find("IDN", "Batang, Central Java #11009767").city
    assert chosen is not None
    assert (chosen["latitude"], chosen["longitude"]) == pytest.approx((-6.91, 109.73), abs=0.01)


def test_a_number_that_is_no_place_of_the_country_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="Hanoi: number 1581130 is no place of IDN"):
        gazetteer.find("IDN", "Hanoi #1581130")


def test_a_province_whose_capital_is_not_the_number_stated_is_named() -> None:
    wrong = {"iso3": "MNG", "province": "Some", "capital": "Nowhere", "geoname_id": "1581130"}
    with pytest.raises(ValueError, match=r"Nowhere \(MNG\) is not number 1581130 of the gazetteer"):
        Gazetteer([wrong], smallest=15_000)


def test_the_committed_places_lie_in_the_country_of_their_project() -> None:
    import shapely  # noqa: PLC0415

    outlines = {row["iso3"]: row["wkt"] for row in read_rows(GEO / "shapes.csv") if row["iso3"]}
    country = {row["project_id"]: row["iso3"] for row in read_rows(GEO.parent / "snapshot" / "projects.csv")}
    shapes = {code: shapely.from_wkt(wkt) for code, wkt in outlines.items()}
    far = [
        (row["project_id"], row["place_name"])
        for row in read_rows(GEO / "places.csv")
        if row["latitude"]
        and shapes[country[row["project_id"]]].distance(
            shapely.Point(float(row["longitude"]), float(row["latitude"]))
        )
        > 0.4
    ]
    assert far == []


def test_map_coordinates_run_east_and_north_of_the_middle() -> None:
    assert project(150, 0) == (0, 0)
    tokyo, ulaanbaatar, santiago = project(139.7, 35.7), project(106.9, 47.9), project(-70.6, -33.4)
    assert ulaanbaatar[0] < tokyo[0] < 0 < santiago[0]
    assert santiago[1] < 0 < tokyo[1] < ulaanbaatar[1]
