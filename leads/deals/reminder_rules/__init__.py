"""What is asked about deals, and what managers are told of them. Each module registers its rules."""

from leads.deals.reminder_rules import activity, figures, news, owners, papers

__all__ = ["activity", "figures", "news", "owners", "papers"]
