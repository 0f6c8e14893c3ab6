"""What fingers press on the customer's screen."""
