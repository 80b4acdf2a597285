"""Contracts of the outlines that maps are drawn from, and of the places of projects."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import country_code, decimal, integer, text
from etl.contracts.table import Reference, RuleText, Table

NOT_A_COUNTRY = ("no country: land or a disputed area", "国以外(陸地又は係争地域)")
WITHOUT_LABEL = ("the land carries no label", "陸地には表示位置がない")


class MapShapeSchema(dy.Schema):
    shape_id = text("key of the shape", "図形の識別子", key=True)
    kind = text(
        "land (without any border), partner or disputed",
        "land(国境線のない陸地)、partner(パートナー国)又はdisputed(係争地域)",
        terms=("land", "partner", "disputed"),
    )
    iso3 = country_code(null=NOT_A_COUNTRY)
    name_en = text("name, English", "名称(英語)", null=("the land has no name", "陸地には名称がない"))
    name_ja = text("name, Japanese", "名称(日本語)", null=("the land has no name", "陸地には名称がない"))
    label_longitude = decimal(
        "longitude of a point inside the largest part",
        "最大部分の内点の経度",
        unit="degrees east",
        null=WITHOUT_LABEL,
        least=-180,
        most=180,
    )
    label_latitude = decimal(
        "latitude of the same point",
        "同点の緯度",
        unit="degrees north",
        null=WITHOUT_LABEL,
        least=-90,
        most=90,
    )
    label_x = integer(
        "the same point on the map, eastwards", "同点の地図座標(東)", unit="km", null=WITHOUT_LABEL
    )
    label_y = integer(
        "the same point on the map, northwards", "同点の地図座標(北)", unit="km", null=WITHOUT_LABEL
    )
    outline = text(
        "outline on the map, well-known text, km in Equal Earth about 150°E (EPSG:8859)",
        "地図上の輪郭(WKT、km、イコールアース図法・東経150度中心、EPSG:8859)",
        longest=250_000,
    )
    wkt = text(
        "outline, well-known text in degrees (EPSG:4326)",
        "輪郭(WKT、度、EPSG:4326)",
        null=("not kept for the land", "陸地については保持しない"),
        longest=250_000,
    )

    @dy.rule()
    def partner_has_a_country(self) -> pl.Expr:
        return (pl.col("kind") == "partner") == pl.col("iso3").is_not_null()


TABLES = (
    Table(
        "map_shape",
        MapShapeSchema,
        "Shapes of the maps: land, partner countries, disputed areas",
        "地図の図形(陸地、パートナー国、係争地域)",
        "geography",
        ("shape_id",),
        ("geo/shapes.csv",),
        (Reference("iso3", "partner_country", "iso3"),),
        {
            "partner_has_a_country": RuleText(
                "A partner's shape names its country, and no other shape does.",
                "パートナー国の図形には国コードを記載し、その他の図形には記載しません。",
            )
        },
    ),
)
