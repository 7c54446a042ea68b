"""From what authors wrote to nodes that every Sphinx writer knows."""
