"""The outlook page: sentences, figures and tables."""
