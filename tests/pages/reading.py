"""Opens pages as their reader would and reads what stands on them."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from view.header import LANGUAGE_SCRIPTS

ROOT = Path(__file__).parent.parent.parent
PAGES = (
    "pages/target.py",
    "pages/countries.py",
    "pages/readiness.py",
    "pages/sectors.py",
    "pages/methodologies.py",
    "pages/projects.py",
    "pages/map.py",
    "pages/credits.py",
    "pages/article6.py",
    "pages/methods.py",
    "pages/quality.py",
)
TIMEOUT = 60


def opened(page: str = PAGES[0], /, **address: str | list[str]) -> AppTest:
    """A page as a link opens it, with no page before."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    for key, value in address.items():
        app.query_params[key] = value
    if page != PAGES[0]:
        app.switch_page(page)
    app.run()
    assert not app.exception, app.exception
    return app


def html_of(app: AppTest, *, with_term_links: bool = False) -> str:
    bodies = (element.proto.body for element in app.get("html"))
    html = "\n".join(body for body in bodies if body not in LANGUAGE_SCRIPTS.values())
    return html if with_term_links else re.sub(r'<a class="jcm-term"[^>]*>(.*?)</a>', r"\1", html)


def texts_to_copy(app: AppTest) -> list[str]:
    """Links, code and citations with a button that copies them."""
    return [unescape(text) for text in re.findall(r"<pre><code>(.*?)</code></pre>", html_of(app), re.DOTALL)]


def control(app: AppTest, key: str) -> Any:
    """The widget of a control; its key carries a running number."""
    return next(w for w in [*app.multiselect, *app.date_input] if w.key.partition(".")[0] == key)


def address_of(app: AppTest) -> dict[str, list[str]]:
    return {k: v if isinstance(v, list) else [v] for k, v in dict(app.query_params).items()}


def answer_of(app: AppTest) -> str:
    found = re.search(r'<h1 class="jcm-answer">(.*?)</h1>', html_of(app))
    assert found
    return unescape(re.sub("<.*?>", "", found[1]))


def under_answer_of(app: AppTest) -> str:
    """The first line under the answer."""
    found = re.search(r'<p class="jcm-under">(.*?)</p>', html_of(app))
    assert found
    return unescape(re.sub("<.*?>", "", found[1]))


def opened_table(section: str, **address: str) -> Any:
    """A table of the page on data and methods, which is folded until it is asked for."""
    app = opened("pages/methods.py", **address)
    app.session_state[f"panel_{section}"] = True
    app.run()
    assert not app.exception, app.exception
    (shown,) = app.dataframe
    return shown.value


def figures_of(app: AppTest) -> dict[str, dict[str, object]]:
    return {e.proto.id.rsplit("-", 1)[-1]: json.loads(e.proto.spec) for e in app.get("plotly_chart")}
