"""Data quality: how old each source is, what waits for a decision, what was replaced, what is doubtful, what is missing."""
