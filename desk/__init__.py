"""What the desk does around Pelican: building, checking, serving, starting a story. tasks.py holds the verbs."""
