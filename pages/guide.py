"""How the JCM works: steps, ladder of terms, Article 6 on a worked example, rules by date, safeguards, glossary."""

from pages.frame import open_frame
from view.guide import page as guide
from view.guide.glossary import TERMS


def main() -> None:
    """Draws the page."""
    frame = open_frame(has_row=False)
    term = frame.controls.given(
        "term", frame.t("Glossary"), {term.code: frame.t.pick(term.en, term.ja) for term in TERMS}
    )
    page = frame.show(guide, {"term": term})
    page.draw(*page.keys)
    frame.foot()


main()
