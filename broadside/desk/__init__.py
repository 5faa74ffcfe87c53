"""What the desk does around Pelican: building, checking, serving, starting a story. broadside.desk.tasks holds the verbs."""
