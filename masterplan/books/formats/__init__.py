"""The other formats of an edition: Word, Excel, open data, and a ZIP of all. Each is made from the frozen snapshot."""
