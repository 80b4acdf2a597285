"""Methodologies, decisions of Joint Committees, and the days of each step."""
