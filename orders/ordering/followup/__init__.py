"""After an order was sent: returns, mails sent again, letters counted, postage invoiced, consents to news."""
