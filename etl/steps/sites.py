"""Where each project lies: stated coordinates, places looked up, else its country, always with the precision."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import shapely

from etl.contracts import table
from model.map_projection import project as on_the_map

NEAR_DEGREES = 0.4
"""How far outside its country's outline a coordinate may lie: the outline is that of a map, coasts are simplified."""
SHOWN = 5
"""How many projects a remark names."""


_Row = dict[str, Any]


def project_sites(project: pl.DataFrame, place: pl.DataFrame, shape: pl.DataFrame) -> pl.DataFrame:
    """Return `project_site`: one row a site, at least one a project, by project_id and number.

    Stated coordinates win where they lie in the country; a place looked up counts while the text it was looked up for
    is unchanged. All others are put at the label of their country, with the reason in `doubt`.
    """
    partners = {row["iso3"]: row for row in shape.iter_rows(named=True) if row["iso3"] is not None}
    found: dict[str, list[_Row]] = {}
    for row in place.sort("project_id", "site_number").iter_rows(named=True):
        found.setdefault(row["project_id"], []).append(row)
    rows = [
        site
        for one in project.sort("project_id").iter_rows(named=True)
        for site in _sites(one, found.get(one["project_id"], []), partners.get(one["iso3"]))
    ]
    return table("project_site").frame(rows)


def remarks_on_sites(sites: pl.DataFrame, project: pl.DataFrame, shape: pl.DataFrame) -> list[str]:
    """What a person should look at: coordinates that do not fit, places not looked up, countries without outline."""
    remarks = []
    stated = project.select("project_id", "latitude", "longitude")
    for row in sites.join(stated, on="project_id", suffix="_stated").iter_rows(named=True):
        if row["doubt"] in {"outside its country", "looks swapped"}:
            where = f"{row['latitude_stated']:g}, {row['longitude_stated']:g}"
            hint = (
                "latitude and longitude look swapped"
                if row["doubt"] == "looks swapped"
                else f"the place lies outside {row['iso3']}"
            )
            remarks.append(
                f"snapshot/projects.csv, {row['project_id']}: {where}: {hint}. The project is kept at country level;"
                " correct the coordinates."
            )
    new = sites.filter(pl.col("doubt") == "not looked up").get_column("project_id").unique().sort()
    if len(new):
        shown = ", ".join(new.head(SHOWN))
        remarks.append(
            f"Not looked up: the places of {shown}{' and others' if len(new) > SHOWN else ''} ({len(new)} in all); they"
            " stand at country level."
            " Run: python -m etl places"
        )
    outlined = shape.filter(pl.col("kind") == "partner").get_column("iso3")
    without = project.filter(~pl.col("iso3").is_in(outlined.implode())).get_column("iso3").unique().sort()
    if len(without):
        remarks.append(
            f"geo/shapes.csv has no outline for {', '.join(without)}; their projects are listed beside the map."
            " Run: python -m etl geo"
        )
    return remarks


def _sites(
    project: Mapping[str, Any], places: list[_Row], country: Mapping[str, Any] | None
) -> Iterator[_Row]:
    shared = {"project_id": project["project_id"], "iso3": project["iso3"]}
    at_country = {
        "site_number": 1,
        "place_text": project["location"],
        "place_name": None,
        "precision": "country",
        "method": "country",
        "latitude": None,
        "longitude": None,
        "map_x": country["label_x"] if country else None,
        "map_y": country["label_y"] if country else None,
    }
    if project["latitude"] is not None and project["longitude"] is not None:
        doubt = _doubt_of(project["longitude"], project["latitude"], country)
        if doubt is None:
            yield (
                shared
                | at_country
                | _placed(project["latitude"], project["longitude"])
                | {
                    "precision": "site",
                    "method": "stated",
                    "doubt": None,
                }
            )
        else:
            yield shared | at_country | {"doubt": doubt}
        return
    if project["location"] is None:
        yield shared | at_country | {"doubt": "not stated"}
        return
    if not places or any(place["location"] != project["location"] for place in places):
        yield shared | at_country | {"doubt": "not looked up"}
        return
    for place in places:
        taken = {
            name: place[name]
            for name in ("site_number", "place_text", "place_name", "precision", "method", "doubt")
        }
        on_map = _placed(place["latitude"], place["longitude"]) if place["latitude"] is not None else {}
        yield shared | at_country | taken | on_map


def _placed(latitude: float, longitude: float) -> dict[str, float | int]:
    x, y = on_the_map(longitude, latitude)
    return {"latitude": latitude, "longitude": longitude, "map_x": x, "map_y": y}


def _doubt_of(longitude: float, latitude: float, country: Mapping[str, Any] | None) -> str | None:
    """Whether stated coordinates fit the country; without an outline nothing can be said against them."""
    if country is None:
        return None
    outline = shapely.from_wkt(country["wkt"])
    if -90 <= latitude <= 90 and outline.distance(shapely.Point(longitude, latitude)) <= NEAR_DEGREES:
        return None
    swapped = outline.distance(shapely.Point(latitude, longitude)) <= NEAR_DEGREES
    return "looks swapped" if swapped else "outside its country"
