#!/usr/bin/env python3
"""The one entry point: `python3 manage.py run` makes what is missing (smartcity/bootstrap.py) and starts the portal."""

import os
import sys

if sys.version_info < (3, 11):  # kept in syntax that old versions can read
    sys.exit(
        "Portal ini memerlukan Python 3.11 atau lebih baru; yang menjalankannya sekarang "
        + ".".join(map(str, sys.version_info[:2]))
        + ".\nPasang yang baru (Debian 12: apt-get install python3), lalu ulangi, misalnya: python3.11 manage.py run"
    )


def main():
    """Hand over to Django inside the project's own environment."""
    from smartcity import bootstrap

    bootstrap.enter(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
