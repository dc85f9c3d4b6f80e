"""The desk of all regencies: one row each, from stored figures. Who is at the ministry lives in `programme`."""
