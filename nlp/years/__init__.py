"""Years: a grammar of all the ways in which a fiscal year is said."""
