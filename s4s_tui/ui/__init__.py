"""The screens, in Textual: they read the state and send intents; no HTTP, no SQL, no rules of the service."""
