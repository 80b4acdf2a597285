"""Readers' own SQL, run apart from the app: checked by DuckDB's parser, bounded, in processes that can be killed.

`door` is the way in for a reader's statement. A statement passes four walls: its length and nesting (`checking`),
what DuckDB's own parser says it reads and calls (`checking`, `functions`), a connection that is read-only and locked
(`confinement`), and a process with limits of its own that is killed at the deadline (`confinement`, `pool`).
`process` is how any long work is run apart from the app; briefing packs use it too.
"""
