"""Every kept data version as Parquet in one folder, a partition each, so that all can be queried together."""
