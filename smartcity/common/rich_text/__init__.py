"""Rich text: its light marks, reading them from the clipboard, writing them as HTML."""
