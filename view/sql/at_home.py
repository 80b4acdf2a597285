"""How to go on with the data file on one's own machine."""

from view.marks.markup import Markup, joined, sentence
from view.texts import Texts

_SHELL = "duckdb -readonly {file}\nFROM ladder;"
_PYTHON = """import duckdb
con = duckdb.connect("{file}", read_only=True)
con.sql("FROM reduction_as_of(DATE '2023-03-31')").pl()   # or .df(), .arrow()"""
_R = """library(duckdb)
con <- dbConnect(duckdb("{file}", read_only = TRUE))
dbGetQuery(con, "FROM credit")"""
_NOTEBOOK = """%pip install duckdb jupysql duckdb-engine
%load_ext sql
%sql duckdb:///{file}
%sql FROM partner_country"""


def at_home_html(file: str, t: Texts) -> Markup:
    """What the file is, and a few lines each for four ways to open it."""
    parts = (
        (t("DuckDB shell"), _SHELL),
        ("Python", _PYTHON),
        ("R", _R),
        (t("Notebook (Jupyter)"), _NOTEBOOK),
    )
    about = t(
        "The file of each data version holds every table with its comments, in English and Japanese. It is written by"
        " DuckDB 2.0; older versions cannot read it. Statements made here run there unchanged, without these limits."
    )
    way = Markup('<div><h3 class="jcm-way">{}</h3><pre class="jcm-place">{}</pre></div>')
    ways = joined(way.format(name, code.format(file=file)) for name, code in parts)
    return sentence(about) + Markup('<div class="jcm-halves">{}</div>').format(ways)
