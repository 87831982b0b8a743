"""Editions: what each door is given of the revision in force."""
