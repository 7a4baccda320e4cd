"""Training: data, the run, and export to the engines."""
