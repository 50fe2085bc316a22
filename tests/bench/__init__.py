"""Measurements, never tests: `make bench`. Ratios are medians, taken alternating in one run: machines are noisy."""
