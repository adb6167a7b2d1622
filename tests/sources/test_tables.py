"""What is read of tables printed as lines, one truth a test."""
