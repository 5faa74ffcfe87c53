"""Tells others of what is new on the live site: followers, search engines and readers' apps."""
