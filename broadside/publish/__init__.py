"""Publishes the built site and announces what is new: ./inv publish, ./inv announce. Each kind of target is one module."""
