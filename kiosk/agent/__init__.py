"""The background agent: messages all day, forgetting and backing up at night."""
