import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('companies', '0001_initial'),
        ('delegations', '0001_initial'),
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMeeting',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('subject', models.CharField(max_length=250, verbose_name='subject')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('time', models.TimeField(blank=True, null=True, verbose_name='time')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('topics', models.JSONField(blank=True, default=list, verbose_name='topics')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('outcome', models.CharField(choices=[('awaited', 'Outcome awaited'), ('continues', 'Continues'), ('awaiting_reply', 'Awaiting reply'), ('postponed', 'Postponed'), ('not_interested', 'Not interested'), ('did_not_take_place', 'Did not take place')], default='awaited', max_length=20, verbose_name='outcome')),
                ('outcome_note', models.TextField(blank=True, verbose_name='outcome in words')),
                ('outcome_logged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='outcome logged')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('delegation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='delegations.delegation', verbose_name='delegation')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome_logged_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='outcome logged by')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'historical meeting',
                'verbose_name_plural': 'historical meetings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('subject', models.CharField(max_length=250, verbose_name='subject')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('time', models.TimeField(blank=True, null=True, verbose_name='time')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('topics', models.JSONField(blank=True, default=list, verbose_name='topics')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('outcome', models.CharField(choices=[('awaited', 'Outcome awaited'), ('continues', 'Continues'), ('awaiting_reply', 'Awaiting reply'), ('postponed', 'Postponed'), ('not_interested', 'Not interested'), ('did_not_take_place', 'Did not take place')], default='awaited', max_length=20, verbose_name='outcome')),
                ('outcome_note', models.TextField(blank=True, verbose_name='outcome in words')),
                ('outcome_logged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='outcome logged')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('companies', models.ManyToManyField(blank=True, related_name='meetings', to='companies.company', verbose_name='organisations')),
                ('contacts', models.ManyToManyField(blank=True, related_name='meetings', to='companies.contact', verbose_name='contacts')),
                ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='delegations.delegation', verbose_name='delegation')),
                ('outcome_logged_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='outcome logged by')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-date', '-time', '-pk'],
                'indexes': [models.Index(fields=['region', '-date'], name='meeting_by_region'), models.Index(condition=models.Q(('archived_at__isnull', True), ('outcome', 'awaited')), fields=['owner', 'date'], name='meeting_awaiting_outcome')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome', 'awaited'), ('outcome_logged_at__isnull', False), _connector='OR'), name='meeting_outcome_has_day')],
            },
        ),
    ]
