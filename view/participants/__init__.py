"""Participants of projects: the list of all, and the profile of one."""
