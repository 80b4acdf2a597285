"""The countries page and the profile of one country."""
