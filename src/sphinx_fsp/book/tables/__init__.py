"""Tables as paper has room for them."""
