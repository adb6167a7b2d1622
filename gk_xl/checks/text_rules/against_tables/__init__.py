"""What the text says against what the tables hold, cell by cell; on top of the arithmetic."""
