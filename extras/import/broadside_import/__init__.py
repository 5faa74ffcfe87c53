"""Moving in: turns an archive of another system into a content folder."""
