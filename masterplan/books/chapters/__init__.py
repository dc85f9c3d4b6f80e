"""What stands in a book: each chapter, annex and sheet as parts with their words, numbers and captions. No PDF here."""
