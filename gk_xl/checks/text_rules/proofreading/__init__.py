"""Marks, words, fixed terms, laws, personal data: what a proof-reader sees without a table."""
