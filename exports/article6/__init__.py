"""The agreed electronic format of Article 6: filled from the ledger, checked, written and read back."""
