"""The codes a draft is written in."""

DIRECTIONS = frozenset({"inbound", "local", "outbound"})
LEAD_KINDS = frozenset(
    {"agreement", "interest", "investment_project", "joint_venture", "memorandum", "negotiation", "supply"}
)
ORGANISATION_KINDS = frozenset(
    {"academic", "association", "bank", "company", "industrial_zone", "international", "other", "state_body"}
)
PRACTICE_TOPICS = frozenset(
    {
        "infrastructure",
        "other",
        "simpler_procedures",
        "state_support",
        "tariff",
        "tax_incentive",
        "workforce",
        "zone_management",
    }
)
ROLES = frozenset({"counterpart", "home"})
SECTORS = frozenset(
    {
        "agriculture",
        "automotive",
        "chemicals",
        "construction",
        "construction_materials",
        "culture_sport",
        "education_science",
        "electronics",
        "energy",
        "finance",
        "food_processing",
        "healthcare",
        "hospitality_catering",
        "industrial_zones",
        "it_digital",
        "machinery",
        "mining_metals",
        "oil_gas",
        "other",
        "pharma_medical",
        "renewables",
        "textile",
        "tourism",
        "trade",
        "transport_logistics",
        "water_environment",
        "wood_paper_furniture",
    }
)
CURRENCIES = frozenset(
    {
        "AED",
        "AFN",
        "AMD",
        "AZN",
        "BYN",
        "CHF",
        "CNY",
        "CZK",
        "EUR",
        "GBP",
        "GEL",
        "HUF",
        "INR",
        "IRR",
        "JPY",
        "KGS",
        "KRW",
        "KZT",
        "MNT",
        "MYR",
        "PKR",
        "PLN",
        "QAR",
        "RUB",
        "SAR",
        "SGD",
        "THB",
        "TJS",
        "TMT",
        "TRY",
        "UAH",
        "USD",
        "UZS",
        "VND",
    }
)
