"""The commands of ./inv, a few lines each, by what they are for; tasks.py lists them."""
