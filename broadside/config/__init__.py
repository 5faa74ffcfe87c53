"""The settings of an outlet: read, judged, and asked for by commands."""
