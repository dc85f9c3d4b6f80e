"""The project: wiring of the portal, without any word of its subject. Imports nothing: `bootstrap` needs it bare."""
