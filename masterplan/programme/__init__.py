"""Who is at the ministry, what each expert looks after, and the rounds of the programme: pages for managers.

The rules are in `agencies.actions` (`ministry`, `grants`, `rounds`). How far regencies are is in `national`.
"""
