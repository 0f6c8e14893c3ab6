"""What people do at a station, one file per job; each job is one transaction."""
