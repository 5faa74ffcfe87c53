"""The verbs of ./inv, a few lines each, by who asks for them; tasks.py lists them."""
