"""How much of a file we are willing to read. Sizes in bytes, times in seconds."""

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 10 * MEBIBYTE
MAX_TEXT_CHARACTERS = 200_000
MAX_PDF_PAGES = 50

# A Word file of ours has a few dozen members and unpacks to a few times its size.
MAX_ARCHIVE_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 50 * MEBIBYTE
MAX_MEMBER_RATIO = 200
# Below this size a high ratio harms nobody: an empty style part of 30 kB packs to 150 bytes.
RATIO_MATTERS_FROM_BYTES = MEBIBYTE

CHILD_MEMORY_BYTES = 1024 * MEBIBYTE
CHILD_SECONDS = 20
