"""Moving in: an archive of another system becomes a content folder."""
