"""Publishing: from drafts and data/ to the revision in force."""
