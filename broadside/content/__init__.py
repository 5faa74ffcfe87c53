"""Reads and checks the content folder: all stories, pages, authors, round-ups and lists, with all
their faults.
"""
