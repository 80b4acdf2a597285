"""The Article 6 page: where every tonne stands, what was transferred and used, and the adjustments that follow."""
