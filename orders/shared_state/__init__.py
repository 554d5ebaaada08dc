"""What web servers and workers on several machines know of each other, kept where all of them look: in the database."""
