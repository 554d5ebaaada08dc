"""What every request meets: its method, its body, its token, how often it comes; what is signed; static files."""
