"""The page on what has changed."""
