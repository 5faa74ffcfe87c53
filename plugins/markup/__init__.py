"""Turns a story's Markdown into HTML, strict about what it may hold; a library of newsroom and front_matter, with no rim of its own."""
