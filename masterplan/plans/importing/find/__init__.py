"""The first stage of an import: where the tables of a workbook stand, and what nobody sees in it."""
