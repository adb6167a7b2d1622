"""What clerks and programs do to workbooks, as recipes: each takes a sound workbook and returns a damaged one."""
