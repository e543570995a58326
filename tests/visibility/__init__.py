"""Who may reach which address: one decision for every address of the site."""
