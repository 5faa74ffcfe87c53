"""Reads and checks the content folder: every story, page, author, round-up and list, with every fault."""
