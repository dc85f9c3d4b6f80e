"""Tests of what both apps share."""
