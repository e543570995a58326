import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Currency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=150, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=150, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=150, verbose_name='name in English')),
                ('code', models.CharField(max_length=3, unique=True, verbose_name='ISO 4217 code')),
                ('symbol', models.CharField(blank=True, max_length=5, verbose_name='symbol')),
            ],
            options={
                'verbose_name': 'currency',
                'verbose_name_plural': 'currencies',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=150, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=150, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=150, verbose_name='name in English')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('isic_divisions', models.JSONField(blank=True, default=list, verbose_name='ISIC Rev. 4 divisions')),
            ],
            options={
                'verbose_name': 'sector',
                'verbose_name_plural': 'sectors',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=150, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=150, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=150, verbose_name='name in English')),
                ('code', models.CharField(help_text='ISO 3166-2; a district adds its own.', max_length=12, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('country', 'Country'), ('region', 'Region'), ('district', 'District')], max_length=10, verbose_name='kind')),
                ('time_zone', models.CharField(default='Asia/Almaty', max_length=40, verbose_name='time zone')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='reference.region', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'country'), ('parent__isnull', True)), models.Q(models.Q(('kind', 'country'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='region_root_is_country')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('department', 'Department of the region'), ('district_akimat', 'District akimat'), ('managing_company', 'Managing company'), ('kazakh_invest', "Kazakh Invest's desk"), ('spk', 'Social-entrepreneurial corporation'), ('other', 'Other body')], max_length=20, verbose_name='kind')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
                'ordering': ['region', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=150, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=150, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=150, verbose_name='name in English')),
                ('date', models.DateField(verbose_name='date')),
                ('kind', models.CharField(choices=[('day_off', 'Day off'), ('working_day', 'Working day (moved)')], default='day_off', max_length=12, verbose_name='kind')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holidays', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('region', 'date'), name='one_holiday_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('rate', models.DecimalField(decimal_places=6, max_digits=15, verbose_name='rate')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='source')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='reference.currency', verbose_name='currency')),
            ],
            options={
                'verbose_name': 'exchange rate',
                'verbose_name_plural': 'exchange rates',
                'ordering': ['-date', 'currency'],
                'constraints': [models.UniqueConstraint(fields=('currency', 'date'), name='one_rate_a_day'), models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='rate_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='OfficeName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=150, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=150, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=150, verbose_name='name in English')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('genitive_kk', models.CharField(blank=True, max_length=150, verbose_name='genitive in Kazakh')),
                ('genitive_ru', models.CharField(blank=True, max_length=150, verbose_name='genitive in Russian')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='reference.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'office name',
                'verbose_name_plural': 'office names',
                'ordering': ['office', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('office', 'valid_from'), name='one_office_name_a_day')],
            },
        ),
    ]
