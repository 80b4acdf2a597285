"""`python -m queries`: the named queries on other engines. Each command is loaded when it is called."""

import sys

from cyclopts import App

app = App(name="python -m queries", version_flags=(), help="Take the named queries to other engines.")
app.command("queries.spark.command:transpile", name="transpile")

if __name__ == "__main__":
    sys.exit(app())
