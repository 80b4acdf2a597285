"""How the record is brought up to date, with the commands."""

from collections.abc import Sequence
from dataclasses import dataclass

from view.marks.markup import Markup, joined
from view.marks.table import Column, Table
from view.texts import Texts


@dataclass(frozen=True)
class Step:
    """One step: what it is, what it does, and what is typed or opened for it."""

    title: str
    words: str
    commands: tuple[str, ...]


def steps(t: Texts) -> Sequence[Step]:
    """From the sources to a new data version."""
    day = t("<day>")
    report = "report.ja.md" if t.lang == "ja" else "report.md"
    return (
        Step(
            t("Read the sources"),
            t(
                "All sources, or those that are named, are read and compared with the record. What differs is written as"
                " proposals; nothing of the record is changed."
            ),
            ("python -m etl refresh", "python -m etl refresh jcm-projects"),
        ),
        Step(
            t("Or read pages saved by hand"),
            t(
                "Where a site cannot be reached, save its page, CSV file or workbook and name the source. A file in a folder is"
                " named after the code of its source, and of a source with a page a country after the letters of the country"
                " as well: jcm-issuances-mn.html is Mongolia."
            ),
            (
                "python -m etl refresh jcm-projects --from FILE",
                "python -m etl refresh --from FOLDER",
            ),
        ),
        Step(
            t("Look at what is proposed"),
            t(
                "The report names each difference with its evidence and its effect on every stage. Where a person has to decide,"
                " write accept, claim, new or reject into the column decision of proposals.csv."
            ),
            (
                f"data/proposals/{day}/{report}",
                f"data/proposals/{day}/proposals.csv",
            ),
        ),
        Step(
            t("Accept or reject"),
            t(
                "Only what is accepted changes the record, together with its source; the value before stays among the replaced"
                " ones. A rejection is kept with its reason."
            ),
            (f"python -m etl accept {day}", f'python -m etl reject {day} --only KEY \\\n  --reason "…"'),
        ),
        Step(
            t("Build"),
            t(
                "The new data version is published once all identities hold. Where tonnes move by more than 1 %, the build stops"
                " and names them until the reason is given."
            ),
            ("python -m etl build", 'python -m etl build --acknowledge "…"'),
        ),
    )


def steps_html(t: Texts) -> Markup:
    """The steps in order."""
    item = Markup("<li><b>{}</b><span>{}</span>{}</li>")
    command = Markup('<pre class="jcm-place">{}</pre>')
    return Markup('<ol class="jcm-way">{}</ol>').format(
        joined(item.format(one.title, one.words, command.format("\n".join(one.commands))) for one in steps(t))
    )


def steps_table(t: Texts) -> Table[Step]:
    """The steps for files."""
    return Table(
        (
            Column("step", t("Step"), value=lambda one: one.title, cell=None),
            Column("happens", t("What happens"), value=lambda one: one.words, cell=None),
            Column("commands", t("Commands and files"), value=lambda one: "\n".join(one.commands), cell=None),
        ),
        steps(t),
        t,
    )
