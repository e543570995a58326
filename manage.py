#!/usr/bin/env python
"""Sapar's command line."""

import os
import sys

from django.core.management import execute_from_command_line

# They read files and print, and use no service: no environment needs to be set up for them.
NEED_NO_SERVICE = {"extract", "evaluate_extraction"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    if NEED_NO_SERVICE.intersection(sys.argv[1:2]):
        os.environ.setdefault("SAPAR_EMBEDDED", "1")
    execute_from_command_line(sys.argv)
