"""What every request meets before a page does: its method, its body, its token; and what is signed."""
