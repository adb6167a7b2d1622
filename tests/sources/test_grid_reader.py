"""What is read of tables drawn as grids, one truth a test."""
