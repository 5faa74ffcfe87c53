"""What editors and writers ask for: checks, what is planned, new stories, the round-up's mail."""
