"""The words of the trade and its rules, pure: no database, no screen, no strip."""
