"""Puts the built site where readers are: ./inv publish. Each target is one module; what they share is pure."""
