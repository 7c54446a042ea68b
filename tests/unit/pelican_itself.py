"""What tests take from Pelican, without what importing Pelican does to logging.

``pelican.log`` makes every logger of the process one of its own class, which stops a build of
Sphinx at its second equal message.
"""

from __future__ import annotations

import logging

_logger_class, _root_class = logging.getLoggerClass(), logging.getLogger().__class__

from pelican.readers import MarkdownReader  # noqa: E402
from pelican.settings import DEFAULT_CONFIG  # noqa: E402
from pelican.utils import process_translations, slugify  # noqa: E402

logging.setLoggerClass(_logger_class)
logging.getLogger().__class__ = _root_class

__all__ = ["DEFAULT_CONFIG", "MarkdownReader", "process_translations", "slugify"]
