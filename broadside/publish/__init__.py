"""Publishes the built site and announces new stories: ./inv publish, ./inv announce.

Each kind of target is one module.
"""
