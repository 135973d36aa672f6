"""What pages and screens ask the newsroom."""
