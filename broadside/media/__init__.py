"""Photos, pictures, charts, files, films and sound: their types, and how they are made."""
