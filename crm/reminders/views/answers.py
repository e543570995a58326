from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.accounts.models import User
from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reminders import services
from crm.reminders.answers import (
    AnswerLink,
    answer_given,
    decisions_on_answers,
    may_answer_by_mail,
    question_of,
    read_link,
)
from crm.reminders.errors import AlreadyAnswered, AnswerIncomplete, LinkBroken, LinkExpired
from crm.reminders.forms import forms_of
from crm.reminders.models import MailAnswer
from crm.reminders.registry import Asked
from crm.shared.errors import DomainError


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, token: str, code: str = "") -> HttpResponse:
    """Answer one question by the link of a mail, without sign-in: a GET shows the answers, only a POST gives one.

    Programs that look through mails follow links, so nothing happens on a GET. The signature in the address proves who
    answers. ``code`` is the answer that the link names.
    """
    try:
        link = read_link(token)
    except LinkBroken as error:
        raise Http404(error.message) from error
    except LinkExpired as error:
        return _answer_page(request, error.user, {"ended": "old"}, status=410)
    with (
        timezone.override(link.user.zone),
        translation.override(link.user.language),
        entered_by(Door.MAIL, request.META.get("REMOTE_ADDR")),
    ):
        if not may_answer_by_mail(link.user.region, decisions_on_answers()):
            return _answer_page(request, link.user, {"ended": "sign_in"}, status=403)
        if request.method == "POST" and code == "undo":
            services.take_back_by_link(link, on=timezone.localdate())
            return redirect(link.url)
        return _answers(request, link, code)


def _answers(request: HttpRequest, link: AnswerLink, code: str) -> HttpResponse:
    given = answer_given(link)
    if given is not None:
        return _given_page(request, link, given)
    on = timezone.localdate()
    item = question_of(link, on=on)
    if item is None:
        return _answer_page(request, link.user, {"ended": "settled"})
    asked = Asked(link.user, item.about_id, on, rule=item.rule)
    refused: AnswerIncomplete | None = None
    message = ""
    offered = {form.code: form for form in forms_of(item, asked)}
    if request.method == "POST":
        chosen = offered.get(code)
        if chosen is None:
            raise Http404
        try:
            services.answer_by_link(link, chosen.answer, request.POST, on=on)
        except AlreadyAnswered as error:
            return _given_page(request, link, error.given)
        except AnswerIncomplete as error:
            refused = error
        except DomainError as error:
            message = str(error.message)
        else:
            # Its own page: to load it again answers nothing again.
            return redirect(link.url)
        offered = {form.code: form for form in forms_of(item, asked, bound=(code, refused.form if refused else None))}
    context = {
        "item": item,
        "forms": list(offered.values()),
        "chosen": offered.get(code),
        "link": link,
        "refusal": message,
    }
    return _answer_page(request, link.user, context, status=422 if refused or message else 200)


def _given_page(request: HttpRequest, link: AnswerLink, given: MailAnswer) -> HttpResponse:
    context = {"given": given, "link": link, "can_take_back": services.can_take_back(given)}
    return _answer_page(request, link.user, context)


def _answer_page(request: HttpRequest, user: User, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    with translation.override(user.language), timezone.override(user.zone):
        response = render(request, "reminders/answers.html", {"who": user, **context}, status=status)
    # What the address opens is for its reader alone.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
