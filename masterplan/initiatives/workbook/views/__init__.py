"""Pages on which workbooks are downloaded, uploaded and agreed to."""
