"""What every dashboard is built of: one widget a file, and no decision in any of them."""
