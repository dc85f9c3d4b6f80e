"""Forms of texts, their pictures and the outline."""
