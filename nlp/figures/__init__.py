"""Figures: numbers, units and labels, as they are printed and as they are said."""
