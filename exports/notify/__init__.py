"""Digests of changes to those who watch a part of the record, by mail and by webhook."""
