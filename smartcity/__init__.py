"""The project: wiring of the portal, without any word of its subject. Stays free of imports: `bootstrap` needs it bare."""
