"""Personal data: what is held and until when, erasing it, and what one person may ask for."""
