"""Do the tests bite? Small changes in the code that they watch, one at a time: a test must fail."""
