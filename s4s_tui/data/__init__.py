"""Package data: the API's country numbers and service codes as JSON files."""
