"""Importers of outside sources."""
