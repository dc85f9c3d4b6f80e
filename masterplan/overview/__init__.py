"""The regency at one look: how far each agency is, when it is due, and what can be expected. Reads only.

Pages are `overview.views.overview` and its neighbours; extensions are given in `overview.actions.deadlines`.
"""
