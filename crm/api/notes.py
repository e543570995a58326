from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, AboutField, VisibleViewSet
from crm.notes.models import Note
from crm.notes.queries import notes_visible_to


class NoteSerializer(serializers.ModelSerializer):
    about = AboutField()

    class Meta:
        model = Note
        fields = [*RECORD_FIELDS, "about", "text", "author", "mentions"]


class NoteViewSet(VisibleViewSet):
    visible = staticmethod(notes_visible_to)
    prefetched = ("mentions",)
    serializer_class = NoteSerializer
    filterset_fields = ["author", "about_type__model", "about_id"]
    ordering_fields = ["created_at"]
