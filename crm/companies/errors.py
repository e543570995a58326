from crm.shared.errors import DomainError


class BinTaken(DomainError):
    """Another company of the directory has this BIN; the same firm is entered once."""

    code = "bin_taken"
