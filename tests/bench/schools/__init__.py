"""Speeds and rates of finding schools."""
