"""What a report must say, how it is divided, and whose text it is."""
