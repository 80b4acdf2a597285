"""The page of the briefing packs."""
