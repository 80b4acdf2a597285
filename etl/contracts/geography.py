"""Contracts of the outlines that maps are drawn from, and of the places of projects."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import NOT_KNOWN, country_code, decimal, in_both, integer, text
from etl.contracts.over_time import project_key
from etl.contracts.table import BY_PROJECT, contract, rule

_NONE_TAKEN = ("none taken", "該当なし")
_COUNTRY_LEVEL = ("country level", "国単位")
_NO_OUTLINE = ("the country has no outline", "国の輪郭がない")
_PLACED = ("a place was taken", "特定済み")

NOT_A_COUNTRY = ("no country: land or a disputed area", "国以外（陸地又は係争地域）")
WITHOUT_LABEL = ("the land carries no label", "陸地には表示位置がない")


def _latitude(en: str, ja: str, null: tuple[str, str]) -> dy.Float64:
    return decimal(en, ja, unit="degrees north", null=null, least=-90, most=90)


def _longitude(en: str, ja: str, null: tuple[str, str]) -> dy.Float64:
    return decimal(en, ja, unit="degrees east", null=null, least=-180, most=180)


@contract(
    "map_shape",
    "Shapes of the maps: land, partner countries, disputed areas",
    "地図の図形（陸地、パートナー国、係争地域）",
    "geography",
    files=("geo/shapes.csv",),
)
class MapShapeSchema(dy.Schema):
    shape_id = text("key of the shape", "図形の識別子", key=True)
    kind = text(
        "land (without any border), partner or disputed",
        "land（国境線のない陸地）、partner（パートナー国）又はdisputed（係争地域）",
        terms=("land", "partner", "disputed"),
    )
    iso3 = country_code(null=NOT_A_COUNTRY)
    name_en, name_ja = in_both("name", "名称", null=("the land has no name", "陸地には名称がない"))
    label_longitude = _longitude(
        "longitude of a point inside the largest part", "最大部分の内点の経度", WITHOUT_LABEL
    )
    label_latitude = _latitude("latitude of the same point", "同点の緯度", WITHOUT_LABEL)
    label_x = integer(
        "the same point on the map, eastwards", "同点の地図座標（東）", unit="km", null=WITHOUT_LABEL
    )
    label_y = integer(
        "the same point on the map, northwards", "同点の地図座標（北）", unit="km", null=WITHOUT_LABEL
    )
    outline = text(
        "outline on the map, well-known text, km in Equal Earth about 150°E (EPSG:8859)",
        "地図上の輪郭（WKT、km、イコールアース図法・東経150度中心、EPSG:8859）",
        longest=250_000,
    )
    wkt = text(
        "outline, well-known text in degrees (EPSG:4326)",
        "輪郭（WKT、度、EPSG:4326）",
        null=("not kept for the land", "陸地については保持しない"),
        longest=250_000,
    )

    partner_has_a_country = rule(
        (pl.col("kind") == "partner") == pl.col("iso3").is_not_null(),
        "A partner's shape names its country, and no other shape does.",
        "パートナー国の図形には国コードを記載し、その他の図形には記載しません。",
    )


PRECISIONS_OF_PLACE = ("site", "town", "province", "country")
DOUBTS = (
    "not stated",
    "not found",
    "several places of that name",
    "area too wide",
    "not looked up",
    "outside its country",
    "looks swapped",
)


@contract(
    "project_place",
    "Places of projects as looked up in a gazetteer",
    "地名辞典により検索した案件の所在地",
    "geography",
    files=("geo/places.csv",),
)
class ProjectPlaceSchema(dy.Schema):
    project_id = project_key(key=True)
    site_number = integer("number of the site, from 1", "地点番号（1から）", key=True, least=1)
    location = text(
        "place of the project as it stood when it was looked up; where it has changed since, the row does not hold",
        "検索時の所在地の記載。その後変更された場合、本行は用いない",
    )
    place_text = text("the part of it that this site is", "うち本地点に当たる部分")
    place_name = text("name in the gazetteer", "地名辞典における名称", null=_NONE_TAKEN)
    geoname_id = integer("key in GeoNames", "GeoNamesの識別子", null=_NONE_TAKEN, least=1)
    latitude = _latitude("latitude", "緯度", _NONE_TAKEN)
    longitude = _longitude("longitude", "経度", _NONE_TAKEN)
    precision = text(
        "how exact the place is: town, province or country",
        "精度。town（市町村等）、province（州・県）又はcountry（国）",
        terms=("town", "province", "country"),
    )
    method = text(
        "gazetteer (the place itself), provincial capital (standing for its province) or country (none)",
        "gazetteer（当該地）、provincial capital（州都等による代表）又はcountry（国単位）",
        terms=("gazetteer", "provincial capital", "country"),
    )
    doubt = text("why no place was taken", "地点を特定しなかった理由", null=_PLACED, terms=DOUBTS)

    coordinates_unless_country = rule(
        (pl.col("precision") == "country") == pl.col("latitude").is_null(),
        "A place has coordinates unless it is known to the country only.",
        "国単位の場合を除き、座標が必要です。",
    )
    doubt_is_told = rule(
        (pl.col("precision") == "country") == pl.col("doubt").is_not_null(),
        "A place known to the country only says why, and no other does.",
        "国単位の場合のみ、その理由を記載します。",
    )


@contract(
    "project_site",
    "Sites of every project, each with its precision; at country level where nothing better is known",
    "全案件の地点及びその精度（不明な場合は国単位）",
    "derived",
    references=(BY_PROJECT,),
)
class ProjectSiteSchema(dy.Schema):
    project_id = ProjectPlaceSchema.project_id
    site_number = ProjectPlaceSchema.site_number
    iso3 = country_code()
    place_text = text("place as stated", "所在地の記載", null=NOT_KNOWN)
    place_name = ProjectPlaceSchema.place_name
    precision = text(
        "how exact the place is: site (coordinates stated), town, province or country",
        "精度。site（座標の公表あり）、town（市町村等）、province（州・県）又はcountry（国）",
        terms=PRECISIONS_OF_PLACE,
    )
    method = text(
        "stated, gazetteer, provincial capital or country",
        "stated（公表）、gazetteer（地名辞典）、provincial capital（州都等による代表）又はcountry（国単位）",
        terms=("stated", "gazetteer", "provincial capital", "country"),
    )
    doubt = text("why the project stands at country level", "国単位とした理由", null=_PLACED, terms=DOUBTS)
    latitude = _latitude("latitude", "緯度", _COUNTRY_LEVEL)
    longitude = _longitude("longitude", "経度", _COUNTRY_LEVEL)
    map_x = integer(
        "place on the map, eastwards; the label of the country at country level",
        "地図座標（東）。国単位の場合は国の表示位置",
        unit="km",
        null=_NO_OUTLINE,
    )
    map_y = integer(
        "place on the map, northwards; the label of the country at country level",
        "地図座標（北）。国単位の場合は国の表示位置",
        unit="km",
        null=_NO_OUTLINE,
    )


@contract(
    "province",
    "Provinces and their capitals, which stand for them on the maps",
    "州・県等とその州都等（地図上の代表地点）",
    "vocabulary",
    files=("geo/provinces.csv",),
)
class ProvinceSchema(dy.Schema):
    iso3 = country_code(key=True)
    province = text(
        "name of the province or the like, as texts write it", "州・県等の名称（資料の表記）", key=True
    )
    capital = text("name of its capital in the gazetteer", "州都等の名称（地名辞典）")
    geoname_id = integer("key of the capital in GeoNames", "州都等のGeoNamesの識別子", least=1)


@contract(
    "place_reading",
    "Readings of places that the gazetteer cannot read as stated",
    "地名辞典で検索できない所在地の読み替え",
    "vocabulary",
    files=("geo/place_readings.csv",),
)
class PlaceReadingSchema(dy.Schema):
    location = text("place of a project as stated", "所在地の記載", key=True)
    reading = text(
        "how it is read, sites separated by ;",
        "読み替え（地点は「;」区切り）",
        null=("no place is taken", "地点を特定しない"),
    )
    reason_en, reason_ja = in_both("reason", "理由")
