"""An add-on of Broadside: it announces new stories on Mastodon and Bluesky."""
