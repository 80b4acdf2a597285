"""The map page: points, list and totals by precision."""
