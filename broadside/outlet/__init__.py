"""An outlet's own life: it begins, is packed, translated, and moves to another version of the engine."""
