"""What editors and writers use: checks, plans, new stories, the round-up's mail."""
