"""Names: which project or activity a piece of text names."""
