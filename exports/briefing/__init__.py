"""Briefing packs: one content for slides, a paper, a workbook and a web page."""
