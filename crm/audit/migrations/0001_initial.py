import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('actor_name', models.CharField(blank=True, max_length=200, verbose_name='name at the time')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from where')),
                ('door', models.CharField(choices=[('page', 'Page'), ('api', 'API'), ('admin', 'Back office'), ('mail', 'Mail'), ('task', 'Task'), ('command', 'Command')], max_length=10, verbose_name='door')),
                ('action', models.CharField(choices=[('created', 'Created'), ('changed', 'Changed'), ('archived', 'Archived'), ('restored', 'Restored'), ('erased', 'Erased'), ('signed_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('signed_out', 'Signed out'), ('exported', 'Exported'), ('sent', 'Sent')], max_length=20, verbose_name='action')),
                ('model', models.CharField(blank=True, max_length=60, verbose_name='kind of record')),
                ('record_id', models.CharField(blank=True, max_length=40, verbose_name='record number')),
                ('record_label', models.CharField(blank=True, max_length=300, verbose_name='record')),
                ('region_code', models.CharField(blank=True, max_length=12, verbose_name='region')),
                ('changes', models.JSONField(blank=True, default=dict, verbose_name='changes')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'audit event',
                'verbose_name_plural': 'audit events',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['model', 'record_id', '-at'], name='audit_by_record'), models.Index(fields=['region_code', '-at'], name='audit_by_region'), models.Index(fields=['-at'], name='audit_by_time')],
            },
        ),
    ]
