"""The commands of ./inv, a few lines each, grouped by purpose; tasks.py lists them."""
