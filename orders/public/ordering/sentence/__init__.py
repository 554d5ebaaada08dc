"""An order written as one sentence, in four languages, read into the fields of the form; nobody outside is asked."""
