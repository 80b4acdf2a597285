"""Named SQL, one question a file, and the one door to DuckDB."""
