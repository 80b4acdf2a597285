"""The outlook on the warehouse: what the page and the command line share."""
