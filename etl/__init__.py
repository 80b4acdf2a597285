"""From the committed facts to a checked DuckDB warehouse."""
