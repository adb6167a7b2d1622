"""Whose report it is, and the names of others that have no place in it."""
