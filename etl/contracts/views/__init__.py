"""Contracts of the views: the record as it stands today. Each has a macro `<name>_as_of(day)` for any other day.

The promise of the warehouse: whoever sums a column of tonnes of a table or view in the schema `main` gets a figure
that means what the column's name says. Where a sum needs a condition, the comment of the column says so.
"""

from etl.contracts.table import tables_of
from etl.contracts.views import projects, targets, tonnes

VIEWS = tables_of(projects, tonnes, targets)
"""In the order of creation: a view may read those before it."""
