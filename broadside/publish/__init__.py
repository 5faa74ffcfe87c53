"""Publishes the built site: ./inv publish. Each target is one module; what they share is pure."""
