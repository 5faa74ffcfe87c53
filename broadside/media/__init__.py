"""Photos, pictures, charts, files, films and sound: what they are, and how they are made."""
