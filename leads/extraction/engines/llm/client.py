"""One question to an OpenAI-compatible chat endpoint: one time limit for all of it, one more try, no proxies."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from leads.extraction.engines.errors import EngineFailedError, EngineFailure
from leads.extraction.engines.llm.answer import ANSWER_SCHEMA

_LONGEST_QUESTION = 60_000
_LARGEST_ANSWER = 2_000_000
_LONGEST_CONNECT = 10.0
_TRIES = 2
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class ChatEndpoint:
    """Where the model answers: `url` up to and with `/v1`, `timeout` in seconds for question, tries and answer."""

    url: str
    model: str
    api_key: str = field(default="", repr=False)
    timeout: float = 60.0

    def ask(self, messages: list[dict[str, str]]) -> str:
        """Return what the model says. Raises `EngineFailedError`, with every fault of the way as its code."""
        if sum(len(message["content"]) for message in messages) > _LONGEST_QUESTION:
            raise EngineFailedError(EngineFailure.TEXT_TOO_LONG)
        until = time.monotonic() + self.timeout
        # No redirects and no proxies of the environment: the report goes to the address that was set, or nowhere.
        with httpx.Client(follow_redirects=False, trust_env=False) as client:
            for attempt in range(_TRIES):
                try:
                    return _said(self._post(client, messages, until))
                except EngineFailedError as failed:
                    again = failed.failure in (EngineFailure.UNREACHABLE, EngineFailure.ANSWERED_WITH_ERROR)
                    if attempt == _TRIES - 1 or not again or time.monotonic() + _PAUSE >= until:
                        raise
                    time.sleep(_PAUSE)
        raise AssertionError("unreachable")

    def _post(self, client: httpx.Client, messages: list[dict[str, str]], until: float) -> bytes:
        body = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "visit_report", "schema": ANSWER_SCHEMA, "strict": True},
            },
        }
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        left = max(0.1, until - time.monotonic())
        timeout = httpx.Timeout(left, connect=min(left, _LONGEST_CONNECT))
        try:
            with client.stream(
                "POST", f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers, timeout=timeout
            ) as response:
                if response.status_code != httpx.codes.OK:
                    failure = EngineFailure.ANSWERED_WITH_ERROR
                    if response.status_code not in _TRY_AGAIN:
                        failure = EngineFailure.DECLINED
                    raise EngineFailedError(failure, f"HTTP {response.status_code}")
                return _body(response, until)
        except httpx.TimeoutException as error:
            raise EngineFailedError(EngineFailure.TIMED_OUT, type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EngineFailedError(EngineFailure.UNREACHABLE, type(error).__name__) from error


def _body(response: httpx.Response, until: float) -> bytes:
    """Read an answer while its time lasts: a server that drips a byte a second would hold a worker for ever."""
    received = bytearray()
    for part in response.iter_bytes():
        received += part
        if len(received) > _LARGEST_ANSWER:
            raise EngineFailedError(EngineFailure.MALFORMED, "answer too large")
        if time.monotonic() > until:
            raise EngineFailedError(EngineFailure.TIMED_OUT, "answer too slow")
    return bytes(received)


def _said(body: bytes) -> str:
    """Return the words of the first choice."""
    try:
        choice: dict[str, Any] = json.loads(body)["choices"][0]
        message = choice["message"]
        refused = message.get("refusal") or choice.get("finish_reason") == "content_filter"
        content = message.get("content")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise EngineFailedError(EngineFailure.MALFORMED, type(error).__name__) from error
    if refused:
        raise EngineFailedError(EngineFailure.DECLINED, "the model declined")
    if choice.get("finish_reason") == "length" or not isinstance(content, str) or not content.strip():
        raise EngineFailedError(EngineFailure.MALFORMED, "no complete answer")
    return content
