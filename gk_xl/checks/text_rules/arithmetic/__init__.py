"""Numbers of the text against one another: sums, shares, growth, what is told twice. No table is looked at."""
