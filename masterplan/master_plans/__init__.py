"""The master plan itself: opening one, its years, and the steps until the first initiative."""
