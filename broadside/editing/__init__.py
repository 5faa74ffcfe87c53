"""What editors and writers use: checks, plans and new stories."""
