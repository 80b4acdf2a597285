"""What a page or a briefing knows of its subject: named queries run, their rows given the shape that `view` draws."""
