"""What every request passes through: checks, CSRF, rate limits, compression; also signing, static files and logs."""
