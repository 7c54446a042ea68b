"""Images as the outputs of a book take them."""
