from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts.models import User
from crm.accounts.queries import users_visible_to
from crm.api.nouns import VisibleViewSet


class UserSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = User
        fields = ["id", "full_name", "email", "position", "region", "office", "role", "language", "is_active"]


class UserViewSet(VisibleViewSet):
    """The people of the regions you see; ``/users/me/`` is you."""

    visible = staticmethod(users_visible_to)
    serializer_class = UserSerializer
    filterset_fields = ["role", "is_active", "region__code"]

    @action(detail=False)
    def me(self, request: Request) -> Response:
        return Response(UserSerializer(request.user).data)
