from django.urls import path

from leads.deals.views import board, moves, outcomes, papers, record, steps

app_name = "deals"
urlpatterns = [
    path("", board.board, name="board"),
    path("table/", board.table, name="table"),
    path("new/", record.create, name="create"),
    path("company-names/", board.company_names, name="company_names"),
    path("<int:pk>/", record.deal, name="deal"),
    path("<int:pk>/edit/<slug:fact>/", record.edit, name="edit"),
    path("<int:pk>/move/", moves.move, name="move"),
    path("<int:pk>/lost/", moves.rest, {"action": "lost"}, name="lost"),
    path("<int:pk>/dormant/", moves.rest, {"action": "dormant"}, name="dormant"),
    path("<int:pk>/archive/", moves.rest, {"action": "archive"}, name="archive"),
    path("<int:pk>/reopen/", moves.wake, {"action": "reopen"}, name="reopen"),
    path("<int:pk>/restore/", moves.wake, {"action": "restore"}, name="restore"),
    path("<int:pk>/delayed/", moves.wake, {"action": "delayed"}, name="delayed"),
    path("<int:pk>/on-track/", moves.wake, {"action": "on_track"}, name="on_track"),
    path("<int:pk>/steps/", steps.add, name="add_step"),
    path("<int:pk>/steps/<int:step>/keep/", steps.keep, name="keep_step"),
    path("<int:pk>/steps/<int:step>/postpone/", steps.postpone, name="postpone_step"),
    path("<int:pk>/values/", papers.add_value, name="add_value"),
    path("values/<int:pk>/confirm/", papers.confirm_value, name="confirm_value"),
    path("values/<int:pk>/archive/", papers.archive_value, name="archive_value"),
    path("<int:pk>/memoranda/", papers.add_memorandum, name="add_memorandum"),
    path("memoranda/<int:pk>/", papers.edit_memorandum, name="edit_memorandum"),
    path("<int:pk>/permits/", papers.add_permit, name="add_permit"),
    path("permits/<int:pk>/", papers.edit_permit, name="edit_permit"),
    path("meetings/<int:pk>/outcome/", outcomes.log_outcome, name="log_outcome"),
]
