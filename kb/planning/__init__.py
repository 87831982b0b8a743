"""Planning: from a Parse to a query, or to what is missing or ambiguous."""
