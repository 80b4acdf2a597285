"""Readers of the sources that the record is compiled from: one short file a source, `fetch → read → propose`."""
