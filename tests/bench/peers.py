"""Peers: other ways to find a name, on the same pieces of it; those that aren't installed are left out and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from rapidfuzz import fuzz, process

__all__ = ["INSTALL", "grams", "missing", "peers"]

INSTALL = (
    "python -m venv /tmp/peers && /tmp/peers/bin/pip install tantivy bm25s, then KOTAE_PEERS=/tmp/peers make bench"
)
OPTIONAL = ("tantivy", "bm25s")

Pieces = tuple[str, str]
"""Key and sound of the content words together."""
Finder = Callable[[Pieces], int]
"""The place of the best name; -1 where nothing was found."""


def missing() -> list[str]:
    """The peers that aren't installed."""
    return [name for name in OPTIONAL if _module(name) is None]


def peers(names: Sequence[Pieces]) -> dict[str, Finder]:
    """Every peer that can be measured here, over these names."""
    found: dict[str, Finder] = {
        "rapidfuzz scan (ratio of sounds)": _rapidfuzz(names),
        "FTS5 trigram, bm25": _trigram(names),
    }
    if "tantivy" not in missing():
        found["tantivy on the n-grams"] = _tantivy(names)
    if "bm25s" not in missing():
        found["bm25s on the n-grams"] = _bm25s(names)
    return found


def grams(pieces: Pieces) -> list[str]:
    """Characters of the key and pairs of sounds."""
    key, sound = pieces
    return [*key, *(sound[at : at + 2] for at in range(len(sound) - 1))]


# Private functions


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:  # also where only what it needs is missing
        return None


def _rapidfuzz(names: Sequence[Pieces]) -> Finder:
    sounds = [sound for _, sound in names]

    def find(pieces: Pieces) -> int:
        found = process.extractOne(pieces[1], sounds, scorer=fuzz.ratio)
        return found[2] if found else -1

    return find


def _trigram(names: Sequence[Pieces]) -> Finder:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE name USING fts5(key, tokenize = 'trigram')")
    connection.executemany(
        "INSERT INTO name (rowid, key) VALUES (?, ?)", ((at, key) for at, (key, _) in enumerate(names, 1))
    )

    def find(pieces: Pieces) -> int:
        key = pieces[0]
        wanted = " OR ".join(f'"{key[at : at + 3]}"' for at in range(len(key) - 2))
        if not wanted:
            return -1
        row = connection.execute(
            "SELECT rowid FROM name WHERE name MATCH ? ORDER BY rank LIMIT 1", (wanted,)
        ).fetchone()
        return row[0] - 1 if row else -1

    return find


def _tantivy(names: Sequence[Pieces]) -> Finder:
    tantivy: Any = _module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("place", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for at, pieces in enumerate(names):
        writer.add_document(tantivy.Document(grams=" ".join(grams(pieces)), place=at))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(pieces: Pieces) -> int:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "grams", gram)) for gram in grams(pieces)]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 1).hits
        return searcher.doc(hits[0][1])["place"][0] if hits else -1

    return find


def _bm25s(names: Sequence[Pieces]) -> Finder:
    bm25s: Any = _module("bm25s")
    retriever = bm25s.BM25()
    retriever.index([grams(pieces) for pieces in names], show_progress=False)

    def find(pieces: Pieces) -> int:
        found, scores = retriever.retrieve([grams(pieces)], k=1, show_progress=False)
        return int(found[0, 0]) if scores[0, 0] > 0 else -1

    return find
