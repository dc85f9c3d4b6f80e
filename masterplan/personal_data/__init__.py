"""What the portal keeps about a person: the inventory of it, and what of it belongs to one of them.

Changes nothing; erasing is an action (`masterplan.personal_data.actions`).
"""
