"""The book as EPUB 3."""
