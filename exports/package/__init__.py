"""The whole data set as a Data Package: every table as CSV and Parquet, with its schema, meaning, limits and terms."""
