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
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('about_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='about record number')),
                ('kind', models.CharField(choices=[('order', 'Order / instrument'), ('programme', 'Visit programme'), ('minutes', 'Minutes'), ('road_map', 'Road map'), ('letter_out', 'Letter out'), ('letter_in', 'Letter in'), ('memorandum', 'Memorandum'), ('act', 'Commissioning act'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('sender', models.CharField(blank=True, max_length=250, verbose_name='from')),
                ('recipient', models.CharField(blank=True, max_length=250, verbose_name='to')),
                ('reply_due', models.DateField(blank=True, null=True, verbose_name='reply due')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='documents/%Y/%m/', verbose_name='file')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='name of the file')),
                ('about_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='about')),
                ('addressee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='companies.company', verbose_name='addressee')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='documents.document', verbose_name='answered by')),
                ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-date', '-pk'],
                'indexes': [models.Index(fields=['about_type', 'about_id'], name='document_about'), models.Index(fields=['region', '-date'], name='document_by_region'), models.Index(condition=models.Q(('answered_by__isnull', True), ('archived_at__isnull', True), ('reply_due__isnull', False)), fields=['reply_due'], name='document_awaiting_reply')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_type__isnull', True)), models.Q(('about_id__isnull', False), ('about_type__isnull', False)), _connector='OR'), name='document_about_whole')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDocument',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('archive_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for archiving')),
                ('about_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='about record number')),
                ('kind', models.CharField(choices=[('order', 'Order / instrument'), ('programme', 'Visit programme'), ('minutes', 'Minutes'), ('road_map', 'Road map'), ('letter_out', 'Letter out'), ('letter_in', 'Letter in'), ('memorandum', 'Memorandum'), ('act', 'Commissioning act'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('sender', models.CharField(blank=True, max_length=250, verbose_name='from')),
                ('recipient', models.CharField(blank=True, max_length=250, verbose_name='to')),
                ('reply_due', models.DateField(blank=True, null=True, verbose_name='reply due')),
                ('file', models.TextField(blank=True, max_length=200, verbose_name='file')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='name of the file')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('about_type', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype', verbose_name='about')),
                ('addressee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='companies.company', verbose_name='addressee')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='documents.document', verbose_name='answered by')),
                ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reference.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'historical document',
                'verbose_name_plural': 'historical documents',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
