"""The drawing kit behind the demo outlet's illustrations."""
