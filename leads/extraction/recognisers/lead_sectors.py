"""Which sectors a clause's business is about: what stands where its verb looks for it, member by member of a list.

People by their trade ("builders discussed furniture") speak, and are spoken of only where nothing else is.
"""

import re

from leads.extraction.document import Document
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.sectors import EQUIPMENT, code_of

# Named in passing more often than meant: they give way to any other sector of the clause.
_WEAK = frozenset({"industrial_zones", "trade", EQUIPMENT})
# Buying equipment is a lead of its makers' sector, whoever buys.
_GOODS = frozenset({"automotive", "machinery"})
# The next member of a list stands no more than this many words after the one before it.
_LIST_REACH = 5
# How much more a sector counts for standing next to the verb on the side of its object, or anywhere on that side.
_NEXT, _SIDE = 1.4, 2.0
# How much more the first sector of a phrase counts where nouns come before what goes with them ("печенье из муки").
_HEAD = 1.5
_BRACKET = re.compile(r"\s?\(([^()\n]{2,90})\)")
_COMMA = re.compile(r"[,;/]")

type _Members = list[list[Hit]]


def sectors_of(document: Document, hits: list[Hit], verb: Hit | None = None, *, bought: bool = False) -> list[str]:
    """Return the sectors a clause is about: of each member of the list that its `verb` governs the one named most.

    Where something is `bought`, machines and vehicles come before what they are for.
    """
    strong = [hit for hit in hits if not is_weak(document, hit)] or hits
    people = document.language.words_like("people_words")
    strong = [hit for hit in strong if not people.fullmatch(document.words[hit.last - 1].plain)] or strong
    if bought:
        goods = [hit for hit in strong if hit.code in _GOODS]
        strong = goods or strong
    blocks = _blocks(document, strong, verb)
    if not blocks:
        return []
    chosen = _governed(document, blocks, verb)
    head = _HEAD if document.language.head_first else 1.0
    return list(dict.fromkeys(code_of(_heaviest(member, head)) for member in chosen))


def is_about(document: Document, hits: list[Hit], verb: Hit | None) -> bool:
    """Return whether a sector that is not named in passing stands on the object's side of the verb."""
    before = document.language.object_first
    return any(not is_weak(document, hit) and (verb is None or (hit.first < verb.last) is before) for hit in hits)


def is_weak(document: Document, hit: Hit) -> bool:
    """Return whether a sector is oftener named in passing than meant; housing is meant, and so is a trading house."""
    if hit.code == "construction":
        return document.lexicon("leads", "builders").finds(document.words, hit.first, hit.last)
    if hit.code == "trade":
        return not document.lexicon("leads", "trading").finds(document.words, hit.first, hit.last)
    return hit.code in _WEAK


def _blocks(document: Document, hits: list[Hit], verb: Hit | None) -> list[_Members]:
    """Return the hits as lists of members: what a comma or an "and" parts, near by, is a member of the same list."""
    blocks: list[_Members] = []
    for hit in hits:
        before = blocks[-1][-1][-1] if blocks else None
        parted = verb is not None and before is not None and before.first < verb.first <= hit.first
        if before is None or parted or hit.first - before.last > _LIST_REACH:
            blocks.append([[hit]])
        elif _is_parted(document, before, hit):
            blocks[-1].append([hit])
        else:
            blocks[-1][-1].append(hit)
    return blocks


def _is_parted(document: Document, before: Hit, hit: Hit) -> bool:
    if _COMMA.search(document.text, before.end, hit.start):
        return True
    return document.lexicon("dates", "and").finds(document.words, before.last, hit.first)


def _governed(document: Document, blocks: list[_Members], verb: Hit | None) -> _Members:
    """Return the list that counts most: the one with most said in it, those on the object's side of the verb first."""
    if verb is None or len(blocks) == 1:
        return max(blocks, key=_weight)
    before = document.language.object_first
    sided = [block for block in blocks if (block[0][0].first < verb.last) is before]
    near = (sided[-1] if before else sided[0]) if sided else None

    def counted(block: _Members) -> float:
        return _weight(block) * (_SIDE if block in sided else 1.0) * (_NEXT if block is near else 1.0)

    return max(blocks, key=counted)


def _weight(block: _Members) -> float:
    return max(_weights([hit for member in block for hit in member]).values())


def _weights(hits: list[Hit]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for hit in hits:
        weights[hit.code] = weights.get(hit.code, 0.0) + 1.0 + 0.5 * (hit.last - hit.first - 1) + 0.02 * len(hit.phrase)
    return weights


def _heaviest(hits: list[Hit], head: float) -> str:
    weights = _weights(hits)
    weights[hits[0].code] *= head
    return max(weights, key=lambda code: weights[code])


def trades(document: Document, organisations: tuple[Named, ...]) -> dict[str, list[str]]:
    """Return what organisations deal in where brackets after their names say so: "Esil Mills (flour, semolina)"."""
    known: dict[str, list[str]] = {}
    for one in organisations:
        for _, end in one.spans:
            bracket = _BRACKET.match(document.text, end)
            if bracket is None or one.name in known:
                continue
            first, last = document.word_at(bracket.start(1)), document.word_at(bracket.end(1))
            chosen = sectors_of(document, document.sectors(first, last))
            if chosen:
                known[one.name] = chosen[:1]
    return known
