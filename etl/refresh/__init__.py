"""From what sources state to the record: differences are proposed, shown, and taken over only when accepted."""
