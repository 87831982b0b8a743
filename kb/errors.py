"""Errors: what a data author or an operator did wrong, each with a text that can be printed as it is."""

__all__ = ["BUILD", "DataError", "KnowledgeBaseError", "PlanError", "ReadingError"]


BUILD = "kotae build を実行してください。"
"""What to do about a knowledge base that can't be used."""


class DataError(Exception):
    """Something in data/ is wrong; the text names file or row, one mistake a line, in Japanese."""


class PlanError(DataError):
    """plan.toml, aliases.toml or inventory.toml cannot be used."""


class ReadingError(DataError):
    """The source table cannot be read by the rules; the text names row and cell."""


class KnowledgeBaseError(Exception):
    """The knowledge base is missing, corrupt or older than the program; the text says what to do."""
