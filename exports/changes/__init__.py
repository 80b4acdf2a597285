"""What has changed between two editions: a data version on a day beside another."""
