"""``python -m sphinx_fsp``."""

from sphinx_fsp.cli import main

main()
