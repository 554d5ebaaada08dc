"""E-mail: mails are written as rows in the transaction of what they tell about, and sent later by the worker."""
