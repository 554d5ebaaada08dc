"""When an order that was placed will be there, and what the mails say of it."""
