import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.CharField(help_text='Of the scheduled local date: 2026-W09.', max_length=8, verbose_name='ISO week')),
                ('scheduled_for', models.DateTimeField(verbose_name='scheduled for')),
                ('state', models.CharField(choices=[('claimed', 'Claimed'), ('sent', 'Sent'), ('failed', 'Failed'), ('empty', 'Nothing to ask')], default='claimed', max_length=8, verbose_name='state')),
                ('lease_until', models.DateTimeField(verbose_name='claimed until')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('message_id', models.CharField(max_length=150, unique=True, verbose_name='Message-ID')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digest_deliveries', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'digest delivery',
                'verbose_name_plural': 'digest deliveries',
                'ordering': ['-scheduled_for', '-pk'],
                'indexes': [models.Index(fields=['state', 'lease_until'], name='digest_to_take_again')],
                'constraints': [models.UniqueConstraint(fields=('user', 'week'), name='one_digest_a_week'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='digest_sent_has_time')],
            },
        ),
        migrations.CreateModel(
            name='DigestItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_id', models.PositiveBigIntegerField(verbose_name='about record number')),
                ('rule', models.CharField(max_length=30, verbose_name='rule')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='about what kind of record')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='reminders.digestdelivery', verbose_name='digest delivery')),
            ],
            options={
                'verbose_name': 'digest item',
                'verbose_name_plural': 'digest items',
                'indexes': [models.Index(fields=['about_type', 'about_id', 'rule'], name='digest_item_about')],
                'constraints': [models.UniqueConstraint(fields=('delivery', 'rule', 'about_type', 'about_id'), name='digest_item_once')],
            },
        ),
        migrations.CreateModel(
            name='Snooze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_id', models.PositiveBigIntegerField(verbose_name='about record number')),
                ('rule', models.CharField(max_length=30, verbose_name='rule')),
                ('until', models.DateField(verbose_name='until')),
                ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='about what kind of record')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snoozes', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'snooze',
                'verbose_name_plural': 'snoozes',
                'constraints': [models.UniqueConstraint(fields=('user', 'rule', 'about_type', 'about_id'), name='one_snooze_an_item')],
            },
        ),
    ]
