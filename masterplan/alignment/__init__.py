"""Reasoning over links, targets and money between initiatives and development plans. Reads only."""
