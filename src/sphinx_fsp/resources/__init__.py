"""Curated resource lists: lists that are data as well as text."""
