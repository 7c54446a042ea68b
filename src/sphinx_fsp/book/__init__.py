"""The guide as a book."""
