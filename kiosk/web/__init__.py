"""The staff desk in a browser: who may open it, the pages around it, and the process behind each."""
