"""What may be answered to the rules' questions about deals; and to that about a meeting, whose outcome moves a deal."""

from leads.deals.reminder_answers import activity, figures, meetings, owners, papers

__all__ = ["activity", "figures", "meetings", "owners", "papers"]
