"""The whole way of a build: read, arranged, written into a second tree, which is then exchanged with what readers see."""
