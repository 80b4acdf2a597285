"""How to go on with the data file on one's own machine."""

from html import escape

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


def at_home_html(file: str, t: Texts) -> str:
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
    blocks = "".join(
        f'<div><h3 class="jcm-way">{escape(name)}</h3><pre class="jcm-place">{escape(code.format(file=file))}</pre></div>'
        for name, code in parts
    )
    return f'<p class="jcm-sentence">{escape(about)}</p><div class="jcm-halves">{blocks}</div>'
