"""Pages of an import: the file, the meaning of its columns, the preview and the correction of a row."""
