"""Orders: asked, accepted, waiting, reserved, sent."""
