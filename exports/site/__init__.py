"""The static edition: a folder of plain pages with the numbers of the app."""

PREVIEWS = "previews.json"
"""File of the site that tells whoever serves it what each page says."""
