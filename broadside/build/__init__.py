"""The course of a build: read, arrange, write a second tree, and exchange it with the one that
readers see.
"""
