"""The end of an edition and the start of the next one."""
