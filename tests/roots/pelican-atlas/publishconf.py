import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

SITEURL = "https://hills.example"
FEED_ALL_ATOM = "feeds/all.atom.xml"
