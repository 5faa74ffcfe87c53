"""What the desk does around Pelican: building, checking, serving, starting a story. desk.tasks holds the verbs."""
