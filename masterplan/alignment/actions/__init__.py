"""What changes links, waivers and findings set aside: keyword-only, `by=` the actor, atomic."""
