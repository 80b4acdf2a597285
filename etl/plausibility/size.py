"""Size: estimates against capacity, against their kind, against stated totals and shares of the whole."""

import polars as pl

from etl.contracts.columns import members_of
from etl.plausibility.record import KEPT_ASIDE, Record
from etl.plausibility.rule import About, on_project, rule

ENOUGH = 5
"""Projects of a kind from which its median is learnt; with fewer the rule is silent."""
PER_MW_COUNTRY = 2
"""Factor around the median of a technology in one country. On record the sun of one country varies by 1.55 (one roof
in Chile that shades itself); a lost digit is a factor of 10, a doubled figure one of 2."""
PER_MW = 3.2
"""Factor around the median of a technology in all countries: for solar 1.9 to 2.7 from Thailand to Mongolia on record,
as the grid that is replaced differs."""
POSSIBLE_PER_MW = (50, 10_000)
"""tCO2 a year of one MW, where no band is known: from a tenth of the hours on a clean grid to all hours of the year
with the dirtiest fuel replaced."""
OF_KIND = 10
"""Factor around the median of a technology, for projects whose title states no capacity."""
SHORTEST_TOTAL = 2
"""Years of the annual estimate that a stated total holds at least; 4 on record."""
OVER_LIFE = 1.5
"""A stated total is at most so many times estimate × life; 1.2 on record, where the project period is longer."""
LARGE_SHARE = 0.10
"""Share of the sum of all estimates from which one project is reported."""
WHOLE_AND_PARTS = 3
"""Factor between a figure stated for several projects and the sum of theirs; 1.5 on record."""

_ANNUAL = pl.col("est_annual_tco2")
_COUNTED = _ANNUAL.is_not_null()


@rule(
    "SIZE-PER-MW",
    "hold",
    "Tonnes per MW are near those of the technology in the country",
    "設備容量当たりの見込量は同じ国及び技術の案件に近い",
    on_project,
    value="{est_annual_tco2}",
    en="{est_annual_tco2:,} t a year with {mw:g} MW are {per_mw:,.0f} t/MW; usual are {usual:,.0f} t/MW ({technology}).",
    ja="{mw:g}MWで年間{est_annual_tco2:,}t（{per_mw:,.0f}t/MW）。同種（{technology}）の中央値は{usual:,.0f}t/MW。",
)
def _per_megawatt(record: Record) -> pl.DataFrame:
    rows = record.projects.filter(_COUNTED & (pl.col("mw") > 0)).with_columns(
        (_ANNUAL / pl.col("mw")).alias("per_mw")
    )
    of_country, of_kind = ["technology", "iso3"], ["technology"]
    median, number = pl.col("per_mw").median(), pl.len()
    known_here = number.over(of_country) >= ENOUGH
    judged = rows.with_columns(
        pl.when(known_here).then(median.over(of_country)).otherwise(median.over(of_kind)).alias("usual"),
        pl.when(known_here).then(pl.lit(float(PER_MW_COUNTRY))).otherwise(pl.lit(PER_MW)).alias("factor"),
        (known_here | (number.over(of_kind) >= ENOUGH)).alias("is_known"),
    )
    ratio = pl.col("per_mw") / pl.col("usual")
    far = (ratio > pl.col("factor")) | (ratio < 1 / pl.col("factor"))
    impossible = ~pl.col("per_mw").is_between(*POSSIBLE_PER_MW)
    return judged.filter((pl.col("is_known") & far) | impossible)


@rule(
    "SIZE-OF-KIND",
    "hold",
    f"An estimate is within a factor of {OF_KIND} of the median of its technology",
    f"見込量は同じ技術の中央値の{OF_KIND}分の1から{OF_KIND}倍までの範囲にある",
    on_project,
    value="{est_annual_tco2}",
    en="{est_annual_tco2:,} t a year; the median of {number} of its kind ({technology}) is {usual:,.0f} t.",
    ja="年間{est_annual_tco2:,}t。同種（{technology}、{number}件）の中央値は{usual:,.0f}t。",
)
def _far_from_its_kind(record: Record) -> pl.DataFrame:
    rows = record.projects.filter(_COUNTED & pl.col("mw").is_null() & ~pl.col("status").is_in(KEPT_ASIDE))
    judged = rows.with_columns(
        _ANNUAL.median().over("technology").alias("usual"), pl.len().over("technology").alias("number")
    )
    ratio = _ANNUAL / pl.col("usual")
    return judged.filter((pl.col("number") >= ENOUGH) & ((ratio > OF_KIND) | (ratio < 1 / OF_KIND)))


@rule(
    "SIZE-TOTAL-LIFE",
    "hold",
    "A stated total fits the annual estimate and the life of the project",
    "公表された総量は年間見込量及び稼働年数と整合する",
    on_project,
    value="{est_annual_tco2}/{est_total_tco2}",
    en="A total of {est_total_tco2:,} t is {years:,.1f} years of {est_annual_tco2:,} t; the life is {life:g} years.",
    ja="総量{est_total_tco2:,}tは年間{est_annual_tco2:,}tの{years:,.1f}年分。稼働年数は{life:g}年。",
)
def _total_against_life(record: Record) -> pl.DataFrame:
    lives = (
        record["assumption"]
        .filter((pl.col("kind") == "lifetime") & pl.col("subject").is_not_null())
        .group_by(pl.col("subject").alias("technology"))
        .agg(pl.col("value").max().alias("life"))
    )
    years = pl.col("est_total_tco2") / _ANNUAL
    return (
        record["project"]
        .filter(_COUNTED & (pl.col("est_total_tco2") != _ANNUAL))
        .join(lives, on="technology")
        .filter((years < SHORTEST_TOTAL) | (years > OVER_LIFE * pl.col("life")))
        .with_columns(years.alias("years"))
    )


def _members(statements: pl.DataFrame) -> pl.DataFrame:
    """Figures stated for several projects, one row a project."""
    return statements.with_columns(members_of("project_ids").alias("project_id")).explode(
        "project_id", empty_as_null=True
    )


@rule(
    "SIZE-ANNUAL-TOTAL",
    "hold",
    "An annual estimate is no total",
    "年間見込量は総量ではない",
    on_project,
    value="{est_annual_tco2}",
    en="The annual estimate of {est_annual_tco2:,} t equals a stated total or a figure for several projects.",
    ja="年間見込量{est_annual_tco2:,}tが、公表された総量又は複数案件の合計値と同じ。",
)
def _annual_is_a_total(record: Record) -> pl.DataFrame:
    of_several = (
        _members(record["aggregate_statement"])
        .group_by("project_id")
        .agg(_ANNUAL.append(pl.col("est_total_tco2")).drop_nulls().alias("of_several"))
    )
    return (
        record["project"]
        .filter(_COUNTED)
        .join(of_several, on="project_id", how="left")
        .filter(
            (pl.col("est_total_tco2") == _ANNUAL)
            | pl.col("of_several").list.contains(_ANNUAL).fill_null(value=False)
        )
    )


@rule(
    "SIZE-ANNUAL-YEAR",
    "hold",
    "An annual estimate is no year",
    "年間見込量は西暦年ではない",
    on_project,
    value="{est_annual_tco2}",
    en="The annual estimate of {est_annual_tco2} t is also a year in the life of the project.",
    ja="年間見込量{est_annual_tco2}tが、当該案件の採択、登録又は稼働開始の年と同じ数字である。",
)
def _annual_is_a_year(record: Record) -> pl.DataFrame:
    own = [
        pl.col("fy_selected"),
        pl.col("fy_selected") + 1,
        pl.col("registered_on").dt.year().cast(pl.Int64),
        pl.col("operation_start_on").dt.year().cast(pl.Int64),
    ]
    is_year = pl.any_horizontal(year == _ANNUAL for year in own)
    return record["project"].filter(is_year.fill_null(value=False))


@rule(
    "SIZE-SHARE",
    "tell",
    f"No project makes more than {LARGE_SHARE:.0%} of all expected tonnes",
    f"1案件の見込量は全体の{LARGE_SHARE:.0%}以下である",
    on_project,
    value="{est_annual_tco2}",
    en="{est_annual_tco2:,} t a year are {share:.1%} of the sum of all estimates.",
    ja="年間{est_annual_tco2:,}tは全案件の見込量の合計の{share:.1%}に当たる。",
)
def _large_share(record: Record) -> pl.DataFrame:
    limit = LARGE_SHARE * record.expected_sum
    large = record["project"].filter(pl.col("in_target_scope") & (limit < _ANNUAL))
    return large.with_columns((_ANNUAL / record.expected_sum).alias("share"))


@rule(
    "SIZE-WHOLE-PARTS",
    "hold",
    f"A figure for several projects is within a factor of {WHOLE_AND_PARTS} of the sum of theirs",
    f"複数案件の公表値は各案件の見込量の合計の{WHOLE_AND_PARTS}分の1から{WHOLE_AND_PARTS}倍までの範囲にある",
    lambda row: About(
        "aggregate_statement", row["aggregate_id"], row["aggregate_id"], row["est_annual_tco2"]
    ),
    value="{est_annual_tco2}",
    en="{est_annual_tco2:,} t a year are stated for projects whose own estimates make {sum:,} t.",
    ja="複数案件について年間{est_annual_tco2:,}tとされるが、各案件の見込量の合計は{sum:,}t。",
)
def _whole_against_parts(record: Record) -> pl.DataFrame:
    projects = record["project"].select("project_id", _ANNUAL.alias("part"))
    return (
        _members(record["aggregate_statement"].filter(_COUNTED))
        .join(projects, on="project_id")
        .group_by("aggregate_id", "est_annual_tco2", maintain_order=True)
        .agg(pl.col("part").sum().alias("sum"), pl.col("part").null_count().alias("unknown"))
        .filter(
            (pl.col("sum") > WHOLE_AND_PARTS * _ANNUAL)
            | ((pl.col("sum") * WHOLE_AND_PARTS < _ANNUAL) & (pl.col("unknown") == 0))
        )
    )


_BASIS_VALUE = "{est_annual_basis} {est_annual_source_id}"
_BASIS_EN = "The estimate rests on {est_annual_source_id} ({est_annual_basis}); the status is {status}."
_BASIS_JA = "見込量の根拠は{est_annual_source_id}（{est_annual_basis}）、状態は{status}。"


@rule(
    "SIZE-BASIS",
    "hold",
    "Only estimates of listed projects rest on project documents, those of studies on studies, all on a source of the row",
    "見込量の根拠は、設計書の場合は掲載案件、調査の場合は調査に限られ、その出典は案件の出典に含まれる",
    on_project,
    value=_BASIS_VALUE,
    en=_BASIS_EN,
    ja=_BASIS_JA,
)
def _basis_does_not_fit(record: Record) -> pl.DataFrame:
    basis, is_listed = pl.col("est_annual_basis"), pl.col("ref_no").is_not_null()
    unfit = (
        ((basis == "project document") & ~is_listed)
        | ((basis == "study") != (pl.col("status") == "study"))
        | ~members_of("source_ids").list.contains(pl.col("est_annual_source_id"))
    )
    return record["project"].filter(_COUNTED & (basis != "unknown") & unfit)


@rule(
    "SIZE-BASIS-DOCUMENT",
    "tell",
    "The estimate of a listed project rests on its project document",
    "掲載案件の見込量の根拠は設計書である",
    on_project,
    value=_BASIS_VALUE,
    en=_BASIS_EN,
    ja=_BASIS_JA,
)
def _document_not_read(record: Record) -> pl.DataFrame:
    """Listed projects of which only the figure of their selection, or of a company, is known so far."""
    is_other = ~pl.col("est_annual_basis").is_in(["project document", "study", "unknown"])
    return record["project"].filter(_COUNTED & pl.col("ref_no").is_not_null() & is_other)


@rule(
    "SIZE-BASIS-UNKNOWN",
    "tell",
    "It is known what an estimate rests on",
    "見込量の根拠は判明している",
    on_project,
    value=_BASIS_VALUE,
    en=_BASIS_EN,
    ja=_BASIS_JA,
)
def _basis_unknown(record: Record) -> pl.DataFrame:
    return record["project"].filter(_COUNTED & (pl.col("est_annual_basis") == "unknown"))
