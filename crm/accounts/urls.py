from django.urls import path

from crm.accounts.views import people, preferences, sessions

app_name = "accounts"
urlpatterns = [
    path("", preferences.settings, name="settings"),
    path("tokens/", preferences.create_token, name="create_token"),
    path("tokens/<int:pk>/revoke/", preferences.revoke_token, name="revoke_token"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/end-others/", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", sessions.end, name="end_session"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("people/<int:pk>/invite-again/", people.invite_again, name="invite_again"),
    path("people/<int:pk>/reset-second-factor/", people.reset_second_factor, name="reset_second_factor"),
    path("people/<int:pk>/end-sessions/", people.end_sessions, name="end_sessions"),
    path("people/<int:pk>/close/", people.close, name="close_account"),
    path("people/<int:pk>/reopen/", people.reopen, name="reopen_account"),
    path("people/<int:pk>/erase/", people.erase, name="erase"),
    path("language/", preferences.set_language, name="set_language"),
    path("theme/", preferences.set_theme, name="set_theme"),
]
