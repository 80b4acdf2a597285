"""The domain: fiscal years, schedules, the ladder, allocation and progress. Pure Python and polars."""
