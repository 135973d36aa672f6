"""Pages of papers: anyone checks one, the office sees all."""
