"""Orders from a file and into one."""
