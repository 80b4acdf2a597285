"""The pages on which the data are taken away and explained."""
