"""An organisation's own record, also unpublished: read from its files, laid over the public record, and taken off again."""
