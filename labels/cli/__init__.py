"""The command line `python -m labels`: its arguments, its commands, and the address file it reads."""
