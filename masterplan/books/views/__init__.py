"""Pages on which books and other formats are asked for, mended, downloaded and verified."""
