"""The use cases: ordering, cancelling, following; they know the domain and ports, no HTTP library and no screen."""
