"""The optional engine: the embedded draft, and what a language model adds to it with proof."""

from leads.extraction.document import Context
from leads.extraction.draft import Draft
from leads.extraction.engines.embedded import EmbeddedEngine, document_of
from leads.extraction.engines.llm.answer import messages, parsed
from leads.extraction.engines.llm.client import ChatEndpoint
from leads.extraction.engines.llm.merging import merged
from leads.extraction.engines.llm.verification import Verifier

__all__ = ["ChatEndpoint", "LanguageModelEngine"]

_LONGEST_NAME = 40


class LanguageModelEngine:
    """Asks an OpenAI-compatible endpoint for claims with quotes, and keeps those that the text bears out.

    The embedded engine's values stand where both read the same field: it is exact on dates, sums and places. The model
    adds organisations, people, leads, practices and commitments, and fills what the embedded engine left open.
    """

    def __init__(self, endpoint: ChatEndpoint) -> None:
        self._endpoint = endpoint

    @property
    def name(self) -> str:
        """`llm:` and the model, as far as the report's column holds it."""
        return f"llm:{self._endpoint.model}"[:_LONGEST_NAME]

    def extract(self, text: str, context: Context) -> Draft:
        """Return the merged draft. Raises `EngineFailedError`; the text is sent to the endpoint and nowhere else."""
        embedded = EmbeddedEngine().extract(text, context)
        document = document_of(text)
        if document is None:
            return embedded
        published = context.published or embedded.published
        answer = parsed(self._endpoint.ask(messages(text, context.home, published)))
        return merged(embedded, Verifier(document, context, published).claims(answer)).check(text)
