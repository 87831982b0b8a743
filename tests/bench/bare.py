"""The floor of a cold start: the dictionary, the database and one SELECT; `bare.py DATABASE QUESTION`."""

import sqlite3
import sys

import sudachipy

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro&immutable=1", uri=True)
tokenizer = sudachipy.Dictionary(dict="core").tokenizer(mode=sudachipy.SplitMode.A)
words = [morpheme.surface() for morpheme in tokenizer.tokenize(sys.argv[2])]
name = "".join(words[: words.index("の")])
SELECT = "SELECT c.text FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project WHERE p.name = ? AND c.year = 2013"
print(connection.execute(SELECT, (name,)).fetchone()[0])
