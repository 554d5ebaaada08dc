"""What web servers and the `flask` command open."""

from orders import create_app

app = create_app()
