"""The outlook: what the portfolio and new projects may bring by each target year, drawn many times."""
