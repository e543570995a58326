"""The decisions. Those on the back office and the API follow from the noun; those on pages stand in ``PAGES``."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin

from tests.visibility.addresses import Access, Address

#: Belong to no region, or to the whole country: every region's staff may look them up in the back office.
SHARED = {"companies.company", "reference.currency", "reference.exchangerate", "reference.sector"}
#: Only national administrators add these.
NATIONAL = {"reference.region", "reference.sector", "reference.currency", "reference.exchangerate"}
KEPT_BY_ADMINISTRATORS = {"accounts.user", "reference.holiday", "reference.office", "visit_reports.readingpolicy"} | {
    "reminders.answerpolicy",
    "reminders.rulethreshold",
}
#: Made in the workspace, or by Sapar itself.
NOT_ADDED_BY_HAND = {
    "accounts.apitoken",
    "audit.auditevent",
    "commitments.commitment",
    "deals.dealvalue",
    "deals.frozenfigures",
    "deals.stagechange",
    "delegations.debrief",
    "notes.note",
    "reminders.digestdelivery",
    "reminders.letter",
    "reminders.mailanswer",
    "reminders.notice",
    "reminders.snooze",
    "reminders.undelivereddigest",
    "shared.periodicrun",
    "visit_reports.reportcommit",
    "visit_reports.suggestion",
    "visit_reports.visitreport",
}
#: How the machine does, and who did what.
MANAGERS_ONLY = {"audit.auditevent", "shared.periodicrun"}
#: Rows that nobody changes have no history.
ONLY_READ = {
    "accounts.apitoken",
    "audit.auditevent",
    "deals.frozenfigures",
    "deals.stagechange",
    "delegations.debrief",
    "reminders.digestdelivery",
    "reminders.letter",
    "reminders.mailanswer",
    "reminders.notice",
    "reminders.snooze",
    "reminders.undelivereddigest",
    "shared.periodicrun",
    "visit_reports.reportcommit",
    "visit_reports.suggestion",
}


@dataclass(frozen=True)
class Decision:
    """``record`` is made for the occasion and its key fills the address; ``parameters`` fills what it names."""

    access: Access
    method: str = "get"
    record: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    of_history: bool = False


def post(access: Access, record: str | None = None, **parameters: Any) -> Decision:
    return Decision(access, "post", record, parameters)


def get(access: Access, record: str | None = None, **parameters: Any) -> Decision:
    return Decision(access, "get", record, parameters)


DOCUMENT = "documents.document"
COMMITMENT, COMPANY, CONTACT = "commitments.commitment", "companies.company", "companies.contact"
DEAL, DELEGATION, MEETING, PRACTICE = "deals.deal", "delegations.delegation", "meetings.meeting", "delegations.practice"
TOKEN, USER, REPORT = "accounts.apitoken", "accounts.user", "visit_reports.visitreport"
RECORD, WRITE, WRITERS = Access.RECORD, Access.WRITE_RECORD, Access.WRITERS
PUBLIC, SIGNED_IN = Access.PUBLIC, Access.SIGNED_IN

PAGES: dict[str, Decision] = {
    "account_login": get(PUBLIC),
    "account_logout": get(SIGNED_IN),
    "account_inactive": get(PUBLIC),
    "account_signup": get(PUBLIC),
    "account_reset_password": get(PUBLIC),
    "account_reset_password_done": get(PUBLIC),
    "account_reset_password_from_key": get(PUBLIC, uidb36="1", key="wrong"),
    "account_reset_password_from_key_done": get(PUBLIC),
    "account_invitation": get(Access.OPENS_NOTHING, key="wrong"),
    "account_reauthenticate": get(SIGNED_IN),
    "account_change_password": get(SIGNED_IN),
    "mfa_index": get(SIGNED_IN),
    "mfa_authenticate": get(SIGNED_IN),
    "mfa_reauthenticate": get(SIGNED_IN),
    "mfa_activate_totp": get(SIGNED_IN),
    "mfa_deactivate_totp": get(Access.MISSING_ONCE_SIGNED_IN),
    "mfa_list_webauthn": get(SIGNED_IN),
    "mfa_add_webauthn": get(SIGNED_IN),
    "mfa_login_webauthn": get(SIGNED_IN),
    "mfa_reauthenticate_webauthn": get(SIGNED_IN),
    "mfa_edit_webauthn": get(SIGNED_IN, pk=0),
    "mfa_remove_webauthn": get(SIGNED_IN, pk=0),
    "socialaccount_login_cancelled": get(PUBLIC),
    "openid_connect_login": get(Access.OPENS_NOTHING, provider_id="nobodys"),
    "openid_connect_callback": get(Access.OPENS_NOTHING, provider_id="nobodys"),
    "mfa_view_recovery_codes": get(Access.MISSING_ONCE_SIGNED_IN),
    "mfa_generate_recovery_codes": get(SIGNED_IN),
    "mfa_download_recovery_codes": get(Access.MISSING_ONCE_SIGNED_IN),
    "accounts:settings": get(SIGNED_IN),
    "accounts:create_token": post(SIGNED_IN),
    "accounts:revoke_token": post(Access.OWN, TOKEN),
    "accounts:people": get(Access.MANAGERS),
    "accounts:invite": get(Access.ADMINISTRATORS),
    "accounts:person": get(Access.MANAGERS, USER),
    "accounts:hand_over": get(Access.MANAGERS, USER),
    "accounts:invite_again": post(Access.ADMINISTRATORS, USER),
    "accounts:reset_second_factor": post(Access.ADMINISTRATORS, USER),
    "accounts:end_sessions": post(Access.ADMINISTRATORS, USER),
    "accounts:close_account": post(Access.ADMINISTRATORS, USER),
    "accounts:erase": get(Access.ADMINISTRATORS, USER),
    "accounts:reopen_account": post(Access.ADMINISTRATORS, USER),
    "accounts:sessions": get(SIGNED_IN),
    "accounts:end_other_sessions": post(SIGNED_IN),
    "accounts:end_session": post(Access.OWN, "usersessions.usersession"),
    "accounts:set_language": post(PUBLIC),
    "accounts:set_theme": post(PUBLIC),
    "commitments:commitments": get(SIGNED_IN),
    "commitments:execution": get(SIGNED_IN),
    "commitments:create": get(WRITE, DEAL, label=DEAL),
    "commitments:commitment": get(RECORD, COMMITMENT),
    "commitments:edit": get(WRITE, COMMITMENT),
    "commitments:keep": post(WRITE, COMMITMENT),
    "commitments:reopen": post(WRITE, COMMITMENT),
    "commitments:postpone": post(WRITE, COMMITMENT),
    "commitments:block": get(WRITE, COMMITMENT),
    "commitments:drop": get(WRITE, COMMITMENT),
    "meetings:meetings": get(SIGNED_IN),
    "meetings:create": get(WRITERS),
    "meetings:meeting": get(RECORD, MEETING),
    "meetings:edit": get(WRITE, MEETING),
    "meetings:archive": get(WRITE, MEETING),
    "delegations:delegations": get(SIGNED_IN),
    "delegations:create": get(WRITERS),
    "delegations:debrief": get(Access.OPENS_NOTHING, token="wrong"),
    "delegations:delegation": get(RECORD, DELEGATION),
    "delegations:told": get(RECORD, DELEGATION),
    "delegations:programme": get(RECORD, DELEGATION),
    "delegations:programme_add": get(WRITE, DELEGATION),
    "delegations:programme_edit": get(WRITE, "delegations.programmeitem"),
    "delegations:programme_archive": get(WRITE, "delegations.programmeitem"),
    "delegations:edit": get(WRITE, DELEGATION),
    "delegations:set_status": post(WRITE, DELEGATION),
    "delegations:archive": get(WRITE, DELEGATION),
    "delegations:practices": get(SIGNED_IN),
    "delegations:practice_create": get(WRITERS),
    "delegations:practice_edit": get(WRITE, PRACTICE),
    "delegations:move_practice": post(WRITE, PRACTICE),
    "companies:companies": get(SIGNED_IN),
    "companies:pick": get(WRITERS),
    "companies:create": get(WRITERS),
    "companies:company": get(Access.DIRECTORY, COMPANY),
    "companies:edit": get(Access.WRITE_DIRECTORY, COMPANY),
    "companies:archive": get(Access.WRITE_DIRECTORY, COMPANY),
    "companies:add_name": get(Access.WRITE_DIRECTORY, COMPANY),
    "companies:add_contact": get(Access.WRITE_DIRECTORY, COMPANY),
    "companies:similar": get(Access.DIRECTORY, COMPANY),
    "companies:contacts": get(SIGNED_IN),
    "companies:contact": get(RECORD, CONTACT),
    "companies:edit_contact": get(WRITE, CONTACT),
    "companies:erase_contact": get(Access.ERASE, CONTACT),
    "documents:documents": get(SIGNED_IN),
    "documents:create": get(WRITERS),
    "documents:document": get(RECORD, DOCUMENT),
    "documents:edit": get(WRITE, DOCUMENT),
    "documents:repeat": post(WRITE, "a letter that awaits a reply"),
    "documents:answered": post(WRITE, "a letter that awaits a reply"),
    "documents:word": get(RECORD, DOCUMENT, which="letter"),
    "documents:file": get(RECORD, "a document with its file"),
    "notes:timeline": get(RECORD, DEAL, label=DEAL),
    "notes:create": post(WRITE, DEAL, label=DEAL),
    "home:my_week": get(SIGNED_IN),
    "home:offline": get(PUBLIC),
    "home:service_worker": get(PUBLIC),
    "home:question": get(Access.ASKED, COMMITMENT, rule="our_commitment"),
    "home:answer": Decision(
        WRITE, "post", DEAL, {"rule": "gone_quiet", "code": "dormant"}, {"line": "They wait for the tariff"}
    ),
    "home:search": get(SIGNED_IN),
    "home:archive": get(SIGNED_IN),
    "home:archive_record": get(WRITE, DEAL, label=DEAL),
    "home:restore": post(WRITE, DEAL, label=DEAL),
    "audit:changes": get(RECORD, DEAL, label=DEAL),
    "deals:as_it_was": get(RECORD, DEAL),
    "deals:road_map": get(RECORD, DEAL),
    "deals:minutes": get(RECORD, MEETING),
    "home:outbox": get(SIGNED_IN),
    "home:outbox_body": get(Access.CLOSED, name="none.eml"),
    "reminders:calendar": get(Access.OPENS_NOTHING, token="wrong"),
    "reminders:renew_feed": post(SIGNED_IN),
    "reminders:stop_feed": post(SIGNED_IN),
    "reminders:preview": get(SIGNED_IN),
    "reminders:preview_body": get(SIGNED_IN),
    "reminders:preview_body_of": get(Access.ADMINISTRATORS, USER),
    "reminders:silences": get(SIGNED_IN),
    "reminders:end_silence": post(Access.OWN, "reminders.snooze"),
    "reminders:notices": get(SIGNED_IN),
    "reminders:read_notices": post(SIGNED_IN),
    "reminders:open_notice": post(Access.OWN, "reminders.notice"),
    "reminders:unsubscribe": get(Access.OPENS_NOTHING, token="wrong"),
    "reminders:unsubscribe_one_click": post(Access.OPENS_NOTHING, token="wrong"),
    "reminders:answers": get(Access.OPENS_NOTHING, token="wrong"),
    "reminders:answer": post(Access.OPENS_NOTHING, token="wrong", code="done"),
    "visit_reports:reports": get(SIGNED_IN),
    "visit_reports:upload": get(WRITERS),
    "visit_reports:review": get(RECORD, REPORT),
    "visit_reports:file": get(RECORD, "a report with its file"),
    "visit_reports:add_card": post(WRITE, REPORT),
    "visit_reports:card": post(WRITE, "a report with a card", position=1),
    "visit_reports:accept": post(WRITE, REPORT),
    "visit_reports:reject": post(WRITE, REPORT),
    "visit_reports:reopen": post(WRITE, REPORT),
    "visit_reports:erase": post(Access.ERASE, REPORT),
    "visit_reports:undo": post(Access.MANAGE_OR_OWN, "an accepted report", commit_pk="commit"),
    "deals:board": get(SIGNED_IN),
    "deals:table": get(SIGNED_IN),
    "deals:dashboard": get(SIGNED_IN),
    "deals:brief": get(SIGNED_IN),
    "deals:workbook": get(SIGNED_IN),
    "deals:freeze": get(Access.MANAGERS),
    "deals:frozen": get(RECORD, "deals.frozenfigures"),
    "deals:frozen_brief": get(RECORD, "deals.frozenfigures"),
    "deals:frozen_workbook": get(RECORD, "deals.frozenfigures"),
    "deals:country": get(Access.DIRECTORY, code="TR"),
    "deals:country_brief": get(Access.DIRECTORY, code="TR"),
    "deals:targets": get(SIGNED_IN),
    "deals:set_plan": get(Access.MANAGERS),
    "deals:archive_target": get(Access.MANAGE_RECORD, "deals.target"),
    "deals:create": get(WRITERS),
    "deals:company_names": get(WRITERS),
    "deals:deal": get(RECORD, DEAL),
    "deals:edit": get(WRITE, DEAL, fact="title"),
    "deals:move": get(WRITE, DEAL),
    "deals:lost": get(WRITE, DEAL),
    "deals:dormant": get(WRITE, DEAL),
    "deals:archive": get(WRITE, DEAL),
    "deals:reopen": post(WRITE, DEAL),
    "deals:restore": post(WRITE, DEAL),
    "deals:delayed": post(WRITE, DEAL),
    "deals:on_track": post(WRITE, DEAL),
    "deals:add_step": post(WRITE, DEAL),
    "deals:keep_step": post(WRITE, "a deal with a step", step="step"),
    "deals:postpone_step": post(WRITE, "a deal with a step", step="step"),
    "deals:add_value": get(WRITE, DEAL),
    "deals:confirm_value": post(Access.MANAGE_RECORD, "deals.dealvalue"),
    "deals:archive_value": post(WRITE, "deals.dealvalue"),
    "deals:add_memorandum": get(WRITE, DEAL),
    "deals:edit_memorandum": get(WRITE, "deals.memorandum"),
    "deals:add_permit": get(WRITE, DEAL),
    "deals:edit_permit": get(WRITE, "deals.permit"),
    "deals:log_outcome": get(WRITE, MEETING),
    "no_short_cut": get(Access.CLOSED),
}

BACK_OFFICE: dict[str, Decision] = {
    "admin:index": Decision(Access.WRITERS),
    "admin:search": Decision(Access.WRITERS),
    "admin:jsi18n": Decision(Access.WRITERS),
    "admin:login": Decision(Access.WRITERS),
    "admin:password_change": Decision(Access.WRITERS),
    # Who is signed in but may not enter is sent to the front of the back office.
    "admin:logout": Decision(Access.SIGNED_IN, "post"),
    "admin:password_change_done": Decision(Access.WRITERS),
    "admin:app_list": Decision(Access.WRITERS, parameters={"app_label": "deals"}),
    "admin:autocomplete": Decision(
        Access.WRITERS, data={"app_label": "deals", "model_name": "deal", "field_name": "company", "term": "x"}
    ),
    "admin:reminders_digestdelivery_preview": Decision(Access.ADMINISTRATORS, record=USER),
    "admin:view_on_site": Decision(Access.CLOSED, parameters={"content_type_id": 1, "object_id": 1}),
    "admin:<back-office/(?P<url>.*)$>": Decision(Access.UNKNOWN_TO_STAFF, parameters={"url": "nowhere"}),
}

API: dict[str, Decision] = {
    "api:schema": Decision(Access.SIGNED_IN),
    "api:documentation": Decision(Access.SIGNED_IN),
    "api:api-root": Decision(Access.SIGNED_IN),
    "api:user-me": Decision(Access.SIGNED_IN),
    "api:visit-report-accept": post(Access.WRITE_RECORD, "visit_reports.visitreport"),
    "api:visit-report-reject": post(Access.WRITE_RECORD, "visit_reports.visitreport"),
    "api:visit-report-undo": post(Access.MANAGE_OR_OWN, "an accepted report", commit="commit"),
    "api:suggestion-decide": post(Access.WRITE_RECORD, "visit_reports.suggestion"),
    "api:deal-gate": Decision(Access.RECORD, record="deals.deal"),
    "api:deal-move": Decision(Access.WRITE_RECORD, "post", "deals.deal", data={"to_stage": "lead", "version": 1}),
}
#: The record behind each noun of the API, and whether it is shared by all regions.
API_NOUNS: dict[str, tuple[str, Access]] = {
    "region": ("reference.region", Access.SIGNED_IN),
    "sector": ("reference.sector", Access.SIGNED_IN),
    "currency": ("reference.currency", Access.SIGNED_IN),
    "exchange-rate": ("reference.exchangerate", Access.SIGNED_IN),
    "holiday": ("reference.holiday", Access.SIGNED_IN),
    "office": ("reference.office", Access.SIGNED_IN),
    "user": ("accounts.user", Access.RECORD),
    "company": ("companies.company", Access.DIRECTORY),
    "contact": ("companies.contact", Access.RECORD),
    "delegation": ("delegations.delegation", Access.RECORD),
    "practice": ("delegations.practice", Access.RECORD),
    "meeting": ("meetings.meeting", Access.RECORD),
    "commitment": ("commitments.commitment", Access.RECORD),
    "note": ("notes.note", Access.RECORD),
    "document": ("documents.document", Access.RECORD),
    "deal": ("deals.deal", Access.RECORD),
    "memorandum": ("deals.memorandum", Access.RECORD),
    "deal-value": ("deals.dealvalue", Access.RECORD),
    "stage-change": ("deals.stagechange", Access.RECORD),
    "target": ("deals.target", Access.RECORD),
    "frozen-figures": ("deals.frozenfigures", Access.RECORD),
    "visit-report": ("visit_reports.visitreport", Access.RECORD),
    "suggestion": ("visit_reports.suggestion", Access.RECORD),
}


def decision_on(address: Address) -> Decision | None:
    """Return the decision on ``address``, or none where nobody has made one."""
    stated = {**PAGES, **BACK_OFFICE, **API}.get(address.name)
    if stated is not None:
        return stated
    if address.name.startswith("admin:"):
        return _on_back_office(address)
    if address.name.startswith("api:"):
        return _on_api(address)
    return None


def _on_api(address: Address) -> Decision | None:
    noun, _, action = address.name.removeprefix("api:").rpartition("-")
    if noun not in API_NOUNS:
        return None
    if action == "list":
        return Decision(Access.SIGNED_IN)
    label, access = API_NOUNS[noun]
    return Decision(access, record=label) if action == "detail" else None


def _on_back_office(address: Address) -> Decision | None:
    for model in admin.site._registry:
        label = model._meta.label_lower
        if f"/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/>" in address.name:
            return Decision(Access.WRITERS, record=label)  # an old address, which leads to the new one
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if address.name.startswith(prefix):
            return _on_model(label, address.name.removeprefix(prefix))
    return None


def _on_model(label: str, verb: str) -> Decision | None:
    managers_only = label in MANAGERS_ONLY
    of_region = Access.MANAGERS if managers_only else Access.STAFF_RECORD
    for_staff = Access.MANAGERS if managers_only else Access.WRITERS
    if verb == "add":
        if label in NOT_ADDED_BY_HAND | NATIONAL:
            return Decision(Access.NOBODY)
        return Decision(Access.ADMINISTRATORS if label in KEPT_BY_ADMINISTRATORS else Access.WRITERS)
    if verb == "delete":
        return Decision(Access.NOBODY, record=label)
    if verb == "changelist":
        return Decision(for_staff)
    if verb == "history" and label in ONLY_READ:
        return Decision(Access.UNKNOWN_TO_STAFF, record=label)
    if verb in ("change", "history"):
        return Decision(for_staff if label in SHARED else of_region, record=label)
    if verb == "simple_history":
        return Decision(for_staff if label in SHARED else of_region, record=label, of_history=True)
    return None
