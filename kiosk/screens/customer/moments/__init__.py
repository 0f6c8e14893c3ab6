"""What a moment at the customer's screen is about: what passes by itself, a call, a wish, a key alone."""
