import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('companies', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('documents', '0001_initial'),
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalCommitment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('about_id', models.PositiveBigIntegerField(verbose_name='about record number')),
                ('side', models.CharField(choices=[('ours', 'Ours'), ('theirs', 'Theirs')], default='ours', max_length=6, verbose_name='side')),
                ('text', models.CharField(max_length=500, verbose_name='what')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('status', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('blocked', 'Blocked by a body'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='status')),
                ('executor_name', models.CharField(blank=True, help_text='Where the executor is no user of Sapar.', max_length=200, verbose_name='executor as written')),
                ('source_item', models.CharField(blank=True, max_length=20, verbose_name='item of the paper')),
                ('under_control', models.BooleanField(default=False, verbose_name='under control')),
                ('blocked_by', models.CharField(blank=True, max_length=200, verbose_name='blocked by')),
                ('blocked_since', models.DateField(blank=True, null=True, verbose_name='blocked since')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
                ('proof', models.TextField(blank=True, verbose_name='proof')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('about_type', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype', verbose_name='about what kind of record')),
                ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('company', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='companies.company', verbose_name='company that owes it')),
                ('executor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='executor')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proof_document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='documents.document', verbose_name='proof on paper')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reference.region', verbose_name='region')),
                ('source_document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='documents.document', verbose_name='source paper')),
                ('drop_reason', models.CharField(blank=True, max_length=300, verbose_name='why dropped')),
            ],
            options={
                'verbose_name': 'historical commitment',
                'verbose_name_plural': 'historical commitments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('about_id', models.PositiveBigIntegerField(verbose_name='about record number')),
                ('side', models.CharField(choices=[('ours', 'Ours'), ('theirs', 'Theirs')], default='ours', max_length=6, verbose_name='side')),
                ('text', models.CharField(max_length=500, verbose_name='what')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('status', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('blocked', 'Blocked by a body'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='status')),
                ('executor_name', models.CharField(blank=True, help_text='Where the executor is no user of Sapar.', max_length=200, verbose_name='executor as written')),
                ('source_item', models.CharField(blank=True, max_length=20, verbose_name='item of the paper')),
                ('under_control', models.BooleanField(default=False, verbose_name='under control')),
                ('blocked_by', models.CharField(blank=True, max_length=200, verbose_name='blocked by')),
                ('blocked_since', models.DateField(blank=True, null=True, verbose_name='blocked since')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
                ('proof', models.TextField(blank=True, verbose_name='proof')),
                ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='about what kind of record')),
                ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('co_executors', models.ManyToManyField(blank=True, related_name='shared_commitments', to=settings.AUTH_USER_MODEL, verbose_name='co-executors')),
                ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='companies.company', verbose_name='company that owes it')),
                ('executor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to=settings.AUTH_USER_MODEL, verbose_name='executor')),
                ('proof_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='proof on paper')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='reference.region', verbose_name='region')),
                ('source_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='documents.document', verbose_name='source paper')),
                ('drop_reason', models.CharField(blank=True, max_length=300, verbose_name='why dropped')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['due_date', 'pk'],
                'indexes': [models.Index(fields=['about_type', 'about_id', 'due_date'], name='commitment_about'), models.Index(fields=['region', 'due_date'], name='commitment_by_region'), models.Index(condition=models.Q(('archived_at__isnull', True), ('status', 'open')), fields=['executor', 'due_date'], name='commitment_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'blocked'), _negated=True), models.Q(models.Q(('blocked_by', ''), _negated=True), ('blocked_since__isnull', False)), _connector='OR'), name='commitment_blocked_by_whom'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'blocked']), ('closed_at__isnull', False), _connector='OR'), name='commitment_closed_has_day')],
            },
        ),
    ]
