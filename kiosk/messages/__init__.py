"""What leaves the station for people: notices, reminders, calls for staff."""
