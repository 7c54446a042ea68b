"""What authors write, and what is written for them from the outline."""
