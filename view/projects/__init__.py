"""The list of projects and the page of one project."""
