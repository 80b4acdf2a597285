"""Two countries, sectors, programmes, participants or days side by side."""
