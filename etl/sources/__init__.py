"""From files to fact tables: text with line numbers, corrections, values, contracts, quarantine."""
