"""A mall to try everything in: invented, complete, and said to be a sample on every page."""
