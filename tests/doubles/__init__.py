"""Stand-ins for applications that this machine does not have."""
