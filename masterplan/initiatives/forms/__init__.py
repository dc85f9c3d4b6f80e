"""The form of an initiative: it understands what people write and says how to correct it."""
