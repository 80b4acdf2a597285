"""The SQL page: editor, questions with their parameters, results, errors, what the tables hold."""
