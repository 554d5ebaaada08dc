"""Code 128 and QR codes as drawings."""
