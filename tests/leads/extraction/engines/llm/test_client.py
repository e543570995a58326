"""Every way a server can fail its caller ends in a code, and within the time that was given."""

import json
import time

import pytest

from leads.extraction import extract
from leads.extraction.engines.errors import EngineFailedError, EngineFailure
from leads.extraction.engines.llm import ChatEndpoint, LanguageModelEngine
from tests.leads.extraction.engines.llm import chat_server
from tests.leads.extraction.engines.llm.chat_server import EMPTY, Answer, ChatServer, body, claims, words

TEXT = "The delegation of Aktobe region visited Bursa on 17 February 2026."
MALFORMED = EngineFailure.MALFORMED
DECLINED = EngineFailure.DECLINED


def failure_of(engine: LanguageModelEngine) -> EngineFailure:
    with pytest.raises(EngineFailedError) as failed:
        extract(TEXT, engine=engine)
    assert "Bursa" not in str(failed.value)
    return failed.value.failure


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(words("I cannot help with that."), MALFORMED, id="prose"),
        pytest.param(words('{"leads": ['), MALFORMED, id="cut-json"),
        pytest.param(words("[" * 100_000), MALFORMED, id="nested-json"),
        pytest.param(words(json.dumps(EMPTY | {"leads": [{"sector": "gold"}]})), MALFORMED, id="wrong-schema"),
        pytest.param(words(json.dumps({"leads": []})), MALFORMED, id="missing-fields"),
        pytest.param(words('{"direction": NaN}'), MALFORMED, id="no-number"),
        pytest.param(words(None), MALFORMED, id="no-content"),
        pytest.param(words(json.dumps(EMPTY), finish_reason="length"), MALFORMED, id="out-of-tokens"),
        pytest.param(words(None, refusal="I will not."), DECLINED, id="refusal"),
        pytest.param(words("", finish_reason="content_filter"), DECLINED, id="filtered"),
        pytest.param(body(b"<html>gateway</html>"), MALFORMED, id="html"),
        pytest.param(body(b'{"choices": []}'), MALFORMED, id="no-choice"),
        pytest.param(body(b"[]"), MALFORMED, id="a-list"),
        pytest.param(body(b"\xff\xfe"), MALFORMED, id="not-utf-8"),
        pytest.param(body(b"{}", status=401), DECLINED, id="unauthorised"),
        pytest.param(body(b"", status=302, Location="http://127.0.0.1:9/"), DECLINED, id="redirect"),
        pytest.param(body(b"busy", status=503), EngineFailure.ANSWERED_WITH_ERROR, id="busy"),
        pytest.param(chat_server.cut_off, EngineFailure.UNREACHABLE, id="cut-off"),
        pytest.param(chat_server.flood(4_000_000), MALFORMED, id="flood"),
        pytest.param(chat_server.silence(3), EngineFailure.TIMED_OUT, id="silence"),
        pytest.param(chat_server.dripping(0.1, 40), EngineFailure.TIMED_OUT, id="dripping"),
    ],
)
def test_a_bad_answer_ends_in_its_code(
    server: ChatServer, engine: LanguageModelEngine, answer: Answer, failure: EngineFailure
) -> None:
    server.will(answer)
    began = time.monotonic()

    assert failure_of(engine) == failure

    assert time.monotonic() - began < 2.5  # the limit is one second; the rest is a slow machine's


def test_a_busy_server_is_asked_once_more(server: ChatServer, engine: LanguageModelEngine) -> None:
    server.will(body(b"busy", status=503), claims())

    assert extract(TEXT, engine=engine).countries == ("TR",)
    assert len(server.questions) == 2


def test_a_server_that_says_no_is_not_asked_again(server: ChatServer, engine: LanguageModelEngine) -> None:
    server.will(body(b"{}", status=403), claims())

    assert failure_of(engine) == DECLINED
    assert len(server.questions) == 1


def test_nobody_listens() -> None:
    engine = LanguageModelEngine(ChatEndpoint(url="http://127.0.0.1:9/v1", model="m", timeout=1.0))

    assert failure_of(engine) == EngineFailure.UNREACHABLE


def test_a_very_long_text_is_not_sent(server: ChatServer, engine: LanguageModelEngine) -> None:
    with pytest.raises(EngineFailedError, match="text_too_long"):
        extract(TEXT * 1000, engine=engine)
    assert server.questions == []


def test_the_key_is_not_shown_with_the_endpoint() -> None:
    assert "sesame" not in repr(ChatEndpoint(url="http://llm.example/v1", model="m", api_key="sesame"))
