"""Where matplotlib keeps its axes of space."""
