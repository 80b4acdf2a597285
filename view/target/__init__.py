"""The parts of the target page: the answer, the gap, the charts, the ladder, what officials stated."""
