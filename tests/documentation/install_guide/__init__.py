"""`docs/install.md`: its commands, and running them in an empty folder (`make install-check`)."""
