from leads.deals.models.deals import Deal, DealValue, Memorandum, Permit, StageChange
from leads.deals.models.plans import FrozenFigures, Target

__all__ = ["Deal", "DealValue", "FrozenFigures", "Memorandum", "Permit", "StageChange", "Target"]
