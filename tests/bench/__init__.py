"""The bench: how fast, how accurate and how large, as ratios measured in one run; nothing here asserts a time."""
