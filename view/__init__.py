"""How things look and read: tiles, charts, texts in two languages, theme."""
