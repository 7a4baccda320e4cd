"""Measuring quality: figures with intervals, baselines and plots."""
