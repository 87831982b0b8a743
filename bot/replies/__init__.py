"""Replies: from an outcome and its cells to a proven answer."""
