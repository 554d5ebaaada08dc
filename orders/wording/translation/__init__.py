"""The language of a page, and the message catalogues in which its sentences are looked up."""
