"""Writing: what was typed: characters, scripts, tokens."""
