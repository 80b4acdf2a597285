"""The Article 6 ledger: every tonne of an issuance stands in one state and one holder's account at a time."""
