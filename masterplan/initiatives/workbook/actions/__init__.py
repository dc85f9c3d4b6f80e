"""Taking in a workbook, agreeing to it, and storing it through the action that saves an initiative."""
