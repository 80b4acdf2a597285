"""`python -m exports`: everything to take away, on the command line. Each command is loaded when it is called."""

import sys

from cyclopts import App

app = App(
    name="python -m exports",
    version_flags=(),
    help=(
        "Write briefing packs, the static edition, the data package, all data versions, what has changed, digests of it, the"
        " outlook and the Article 6 report."
    ),
)
app.command("exports.briefing.command:brief", name="briefing")
app.command("exports.package.command:package", name="package")
app.command("exports.versions.command:versions", name="versions")
app.command("exports.changes.command:changes", name="changes")
app.command("exports.site.command:site", name="site")
app.command("exports.notify.command:notify", name="notify")
app.command("exports.article6.command:app", name="article6")
app.command("exports.outlook:outlook", name="outlook")

if __name__ == "__main__":
    sys.exit(app())
