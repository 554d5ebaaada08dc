"""`flask doctor`: looks at everything an installation needs, and says in words what is wrong."""
