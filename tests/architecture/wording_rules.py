"""Rules about any text of the repository: nothing of somebody's machine, nobody's name or address."""

import re

# Folders that exist only on the machine of whoever wrote the line.
_MACHINE_PATH = re.compile(r"(?<![\w.:}/-])(?:/(?:home|root|Users|mnt|tmp|work)/[\w.-]+|[A-Z]:\\\\?[A-Z]\w+)")
# Academic titles and forms of address stand before or after the name of a real person.
_TITLE = re.compile(
    r"(?<![\w.])(?:Drs?|Dra|Ir|Prof|KH)\. ?[A-Z][a-z]+"
    r"|[a-z], (?:S|M|A)\.(?:Kom|Sos|Pd|Si|Psi|IP|AP|STP|Hum|Kes|E|H|T|M|P)\b"
    r"|\b(?:Bapak|Ibu|Bpk\.|Sdr\.|Sdri\.|Hj?\.) [A-Z][a-z]+(?: [A-Z][a-z]+)+"
)
_ADDRESS = re.compile(r"(?<![\w/:.@])[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_RESERVED = (".test", ".example", ".invalid", ".localhost", "example.com", "example.org", "example.net", "localhost")


def machine_paths(text: str) -> list[str]:
    """Absolute paths of one machine."""
    return [match[0] for match in _MACHINE_PATH.finditer(text)]


def persons(text: str) -> list[str]:
    """Names with a title, and mail addresses outside the domains reserved for examples."""
    addresses = [match[0] for match in _ADDRESS.finditer(text) if not match[1].endswith(_RESERVED)]
    return [match[0] for match in _TITLE.finditer(text)] + addresses
