"""The named queries on Spark. Only this package knows SQLGlot, which takes a tenth of a second to load."""
