"""The period, the years that belong in a report and those that were left from another, the day of signing."""
