"""Measures the performance goals as ratios to their limits; see docs/performance.md."""
