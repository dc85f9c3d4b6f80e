"""The typefaces of a book: unpacked, measured, embedded, and what text each of their glyphs stands for."""
