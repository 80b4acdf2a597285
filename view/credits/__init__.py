"""The credits page: issued over time, by vintage, shared, delayed, event by event, beside what was stated."""
