"""The theme: what it must do, as tests (see docs/accessibility.md).

A package, so that this folder's conftest.py and that of the folder above have names of their own.
"""
