"""What is known of a photo: its file, its words and its credit, and the sizes in which readers get it."""
