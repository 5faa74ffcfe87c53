"""The settings of an outlet: read from its files, checked, and changed by command-line options."""
