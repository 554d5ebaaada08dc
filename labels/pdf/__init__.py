"""Writing a PDF: the file, its fonts, text that is made to fit, and drawing in millimetres."""
