import crm.companies.validators
import crm.shared.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('industrial_zone', 'Industrial zone'), ('state_body', 'State body'), ('association', 'Chamber or association'), ('academic', 'University or institute'), ('bank', 'Bank or fund'), ('international', 'International organisation'), ('other', 'Other')], default='company', max_length=20, verbose_name='kind')),
                ('country', crm.shared.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                ('bin', models.CharField(blank=True, max_length=12, validators=[crm.companies.validators.validate_bin], verbose_name='BIN')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('founded', models.CharField(blank=True, help_text='A year or a decade: 1960s.', max_length=30, verbose_name='founded')),
                ('residents', models.PositiveIntegerField(blank=True, help_text='Firms in a zone.', null=True, verbose_name='residents')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('sectors', models.ManyToManyField(blank=True, related_name='companies', to='reference.sector', verbose_name='sectors')),
                ('folded_name', models.CharField(blank=True, editable=False, max_length=250)),
            ],
            options={
                'verbose_name': 'company',
                'verbose_name_plural': 'companies',
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['country', 'name'], name='company_by_country'), models.Index(fields=['name', 'id'], name='company_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True), models.Q(('bin', ''), _negated=True)), fields=('bin',), name='company_bin_once')],
            },
        ),
        migrations.CreateModel(
            name='CompanyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=250)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='companies.company', verbose_name='company')),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
                'ordering': ['name'],
                'indexes': [models.Index(fields=['folded'], name='company_name_folded')],
                'constraints': [models.UniqueConstraint(fields=('company', 'name'), name='company_other_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('full_name', models.CharField(max_length=150, verbose_name='full name')),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='position')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='companies.company', verbose_name='company')),
                ('regions', models.ManyToManyField(blank=True, related_name='contacts', to='reference.region', verbose_name='dealt with')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['full_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCompany',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('industrial_zone', 'Industrial zone'), ('state_body', 'State body'), ('association', 'Chamber or association'), ('academic', 'University or institute'), ('bank', 'Bank or fund'), ('international', 'International organisation'), ('other', 'Other')], default='company', max_length=20, verbose_name='kind')),
                ('country', crm.shared.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                ('bin', models.CharField(blank=True, max_length=12, validators=[crm.companies.validators.validate_bin], verbose_name='BIN')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('founded', models.CharField(blank=True, help_text='A year or a decade: 1960s.', max_length=30, verbose_name='founded')),
                ('residents', models.PositiveIntegerField(blank=True, help_text='Firms in a zone.', null=True, verbose_name='residents')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('folded_name', models.CharField(blank=True, editable=False, max_length=250)),
            ],
            options={
                'verbose_name': 'historical company',
                'verbose_name_plural': 'historical companies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalContact',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('full_name', models.CharField(max_length=150, verbose_name='full name')),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='position')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('company', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='companies.company', verbose_name='company')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical contact',
                'verbose_name_plural': 'historical contacts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
