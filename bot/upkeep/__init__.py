"""Upkeep: what is set up, whole and reachable."""
