"""Everything to take away: briefing packs, the Data Package, what has changed, the agreed electronic format."""
