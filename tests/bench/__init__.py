"""What the app costs, measured: `make bench`. No tests in here."""
