"""What the build derives from the facts: stages, reductions, checks and reconciliation."""
