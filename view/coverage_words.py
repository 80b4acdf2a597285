"""What the figures of a selection cover, in the words that pages share; nothing is counted out of nothing."""

from view.texts import Texts


def estimates_known(n: int, projects: int, t: Texts) -> str:
    """How many of the projects have an annual estimate."""
    if not projects:
        return t("No project in this selection")
    return t("{n} of {all} projects with an annual estimate", n=t.number(n), all=t.number(projects))


def amounts_known(n: int, decisions: int, t: Texts) -> str:
    """Of how many decisions on issuance the amount is known."""
    if not decisions:
        return t("no decision on issuance known")
    return t("amount known of {n} of {all} issuance decisions", n=t.number(n), all=t.number(decisions))
