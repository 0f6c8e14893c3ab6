"""What only the staff desk says."""
