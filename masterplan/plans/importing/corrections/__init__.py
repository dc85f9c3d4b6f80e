"""What a person corrects in the preview of an import before it is stored."""
