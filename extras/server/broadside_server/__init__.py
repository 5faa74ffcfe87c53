"""A server of your own: what ./inv server-init writes on it, and how a pushed commit becomes the
site that is served.
"""
