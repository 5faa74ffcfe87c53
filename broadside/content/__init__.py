"""Reads and checks the content folder: all stories, pages, authors and lists, with all
their faults.
"""
