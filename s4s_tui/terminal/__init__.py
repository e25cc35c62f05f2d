"""What a terminal can do for us: show a QR code, take a text to the clipboard."""
