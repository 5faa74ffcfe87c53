"""The life of an outlet: starting, packing, translating it, and upgrading its engine."""
