from rest_framework import serializers, viewsets

from crm.reference.models import Currency, ExchangeRate, Holiday, Office, Region, Sector


class RegionSerializer(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Region
        fields = ["id", "code", "kind", "parent", "time_zone", "name_kk", "name_ru", "name_en"]


class RegionViewSet(viewsets.ReadOnlyModelViewSet):
    """The country, its regions and their districts."""

    queryset = Region.objects.select_related("parent")
    serializer_class = RegionSerializer
    filterset_fields = ["code", "kind"]


class SectorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Sector
        fields = ["id", "code", "isic_divisions", "name_kk", "name_ru", "name_en"]


class SectorViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Sector.objects.all()
    serializer_class = SectorSerializer
    filterset_fields = ["code"]


class CurrencySerializer(serializers.ModelSerializer):
    class Meta:
        model = Currency
        fields = ["id", "code", "symbol", "name_kk", "name_ru", "name_en"]


class CurrencyViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Currency.objects.all()
    serializer_class = CurrencySerializer
    filterset_fields = ["code"]


class ExchangeRateSerializer(serializers.ModelSerializer):
    currency = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = ExchangeRate
        fields = ["id", "currency", "date", "rate", "source"]


class ExchangeRateViewSet(viewsets.ReadOnlyModelViewSet):
    """How much of the reporting currency one unit was worth on a day."""

    queryset = ExchangeRate.objects.select_related("currency")
    serializer_class = ExchangeRateSerializer
    filterset_fields = {"currency__code": ["exact"], "date": ["exact", "gte", "lte"]}


class HolidaySerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Holiday
        fields = ["id", "region", "date", "kind", "name_kk", "name_ru", "name_en"]


class HolidayViewSet(viewsets.ReadOnlyModelViewSet):
    """Weekdays that are off, and weekend days that are worked."""

    queryset = Holiday.objects.select_related("region")
    serializer_class = HolidaySerializer
    filterset_fields = {"region__code": ["exact"], "date": ["exact", "gte", "lte"]}


class OfficeNameSerializer(serializers.Serializer):
    valid_from = serializers.DateField()
    name_kk = serializers.CharField()
    name_ru = serializers.CharField()
    name_en = serializers.CharField()


class OfficeSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    names = OfficeNameSerializer(many=True, read_only=True)

    class Meta:
        model = Office
        fields = ["id", "region", "kind", "is_active", "names"]


class OfficeViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Office.objects.select_related("region").prefetch_related("names")
    serializer_class = OfficeSerializer
    filterset_fields = ["region__code", "kind"]
