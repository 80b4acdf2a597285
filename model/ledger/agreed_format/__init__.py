"""The agreed electronic format of Article 6: its tables and fields, what may stand in them, and what is wrong or missing."""
