"""From files to doctrees: headers, addresses, the outline, and the parser."""
