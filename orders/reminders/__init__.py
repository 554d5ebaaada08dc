"""Reminders: who asked to be written to when the next edition opens, with the address to fill the form in with."""
