"""Reading service catalogues: one YAML form and two CSV forms. Pure: bytes in, entries out."""
