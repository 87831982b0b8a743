"""Plans: which of several plans a question is about."""
