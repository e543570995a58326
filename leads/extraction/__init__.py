"""Reads a visit report and drafts what it says. Plain Python: no Django, no network, no clock."""
