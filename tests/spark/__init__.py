"""Views and named queries on Spark SQL; not part of `make test`, run by `make test-spark`."""
