"""What the newsroom does."""
