"""The directory: places of teaching and others with an official number, as published lists name them.

`list_file` reads a list, `importing` compares it with what is known and takes it over, `suggestions` finds a place by
a few letters. What was once known stays known: a place that left its list keeps its row.
"""
