"""Quarterly reports after approval: writing them and what they show. The arithmetic is `progress`."""
