"""The live preview: one process watches and builds, another serves and tells the browser."""
