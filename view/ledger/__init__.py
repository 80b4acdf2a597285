"""The Article 6 page: where every tonne is, what was transferred and used, and the adjustments that follow."""
