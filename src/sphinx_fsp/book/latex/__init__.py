"""The book as LaTeX, from which the PDF is made."""
