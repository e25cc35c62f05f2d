"""The way to the server: the only package that imports httpx."""
