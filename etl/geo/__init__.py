"""Preparation of what lies in data/geo: outlines of countries and places of projects. Run by hand, results reviewed."""
