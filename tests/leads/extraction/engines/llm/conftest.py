from collections.abc import Iterator

import pytest

from leads.extraction.engines.llm import ChatEndpoint, LanguageModelEngine
from tests.leads.extraction.engines.llm.chat_server import ChatServer, chat_server


@pytest.fixture(scope="module")
def _server() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


@pytest.fixture
def server(_server: ChatServer) -> ChatServer:
    """A server that has not been told anything yet."""
    _server.will()
    return _server


@pytest.fixture
def engine(server: ChatServer) -> LanguageModelEngine:
    """An engine that asks the server, and waits a second for it."""
    return LanguageModelEngine(ChatEndpoint(url=server.url, model="qazllm-7b", api_key="sesame", timeout=1.0))
