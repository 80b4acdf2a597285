"""Runs every page once in each language and theme before the first visitor comes.

What a process pays once (imports, opening the warehouse, results and figures that are kept) is paid here, by
Streamlit's own way to run an app without a browser; what pages keep with `st.cache_resource` is the process's.
"""

import gc
import logging
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

from streamlit.testing.v1 import AppTest

from view.texts import LANGUAGES

THEMES = ("light", "dark")

SECONDS_PER_PAGE = 20.0
"""A page that has not run by then is left to its visitors."""


def warm_up(script: Path, report: Callable[[str], None]) -> None:
    """Run each page of the menu of `script`. To be called before an app is made of it in this process.

    What a page raises is not told here: its visitors see it.
    """
    started = time.perf_counter()
    logging.disable(logging.WARNING)  # Streamlit warns that there is no session
    runs = sum(_visit(script, lang, theme, report) for lang, theme in product(LANGUAGES, THEMES))
    logging.disable(logging.NOTSET)
    report(f"Warm after {time.perf_counter() - started:.1f} s ({runs} page runs).")
    # What is alive now stays: no later collection has to walk through it.
    gc.collect()
    gc.freeze()


def _visit(script: Path, lang: str, theme: str, report: Callable[[str], None]) -> int:
    """Open the first page, then every page; returns the number of runs that came to an end."""
    visit = AppTest.from_file(script, default_timeout=SECONDS_PER_PAGE)
    visit.context = {"locale": lang, "theme": theme}
    runs = 0
    for page in ("", *sorted(f"pages/{file.name}" for file in script.parent.glob("pages/*.py"))):
        visit.query_params = {"lang": lang}
        try:
            (visit.switch_page(page) if page else visit).run()
        except ValueError:  # a module beside the pages, not in the menu
            continue
        except RuntimeError:
            report(f"{page or 'The first page'} took too long on its first run; going on without the rest.")
            AppTest.from_string("").run()  # takes down what the run that was cut off has left standing
            break
        runs += 1
    return runs
