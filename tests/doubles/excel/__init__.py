"""Excel played on any system, below xlwings' own Windows layer: pywin32's modules, and the objects they lead to."""
