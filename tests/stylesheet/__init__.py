"""The part of Bootstrap's stylesheet that the pages use (`make stylesheet`): `orders/static/bootstrap.css`."""
