import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables come from the desk as they were; then letters to many."""

    initial = True

    dependencies = [
        ('accounts', '0005_role_of_the_officer'),
        ('desk', '0002_bulk_moves'),
        ('incidents', '0001_initial'),
        ('people', '0005_role_of_the_officer'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='BulkJob',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('message', 'bericht'), ('assign', 'hulpvragen verdelen')], max_length=10, verbose_name='soort')),
                        ('message', models.CharField(blank=True, max_length=40, verbose_name='bericht')),
                        ('values', models.JSONField(default=dict, verbose_name='ingevuld')),
                        ('need', models.CharField(blank=True, max_length=20, verbose_name='hulpvraag')),
                        ('state', models.CharField(choices=[('busy', 'bezig'), ('ready', 'klaar')], default='busy', max_length=10, verbose_name='stand')),
                        ('asked_at', models.DateTimeField(verbose_name='gevraagd op')),
                        ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership', verbose_name='gevraagd door')),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.incident', verbose_name='gebeurtenis')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership', verbose_name='aan wie')),
                    ],
                    options={
                        'verbose_name': 'werk voor velen',
                        'verbose_name_plural': 'werk voor velen',
                        'indexes': [models.Index(fields=['incident', '-asked_at'], name='bulk_by_moment')],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('kind', 'message'), ('owner__isnull', True), models.Q(('message', ''), _negated=True)), models.Q(('kind', 'assign'), ('message', ''), ('owner__isnull', False)), _connector='OR'), name='bulk_is_a_message_or_an_owner'),
                            models.CheckConstraint(condition=models.Q(('state', 'ready'), ('ended_at__isnull', True), _connector='XOR'), name='ended_bulk_has_its_moment'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='BulkItem',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('waiting', 'wacht'), ('done', 'gedaan'), ('failed', 'niet gelukt')], default='waiting', max_length=10, verbose_name='stand')),
                        ('reason', models.CharField(blank=True, max_length=40, verbose_name='waarom niet')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.registration', verbose_name='aanmelding')),
                        ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='bulk.bulkjob', verbose_name='werk')),
                    ],
                    options={
                        'verbose_name': 'deel van werk voor velen',
                        'verbose_name_plural': 'delen van werk voor velen',
                        'indexes': [models.Index(fields=['job', 'state'], name='bulk_items_by_state')],
                        'constraints': [
                            models.UniqueConstraint(fields=('job', 'registration'), name='each_person_once_per_bulk'),
                            models.CheckConstraint(condition=models.Q(('state', 'failed'), ('reason', ''), _connector='XOR'), name='what_failed_says_why'),
                        ],
                    },
                ),
            ],
        ),
        migrations.AlterField(
            model_name='bulkjob',
            name='kind',
            field=models.CharField(choices=[('message', 'bericht'), ('letter', 'brief'), ('assign', 'hulpvragen verdelen')], max_length=10, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='bulkjob',
            name='text_sealed',
            field=models.BinaryField(blank=True, default=b'', verbose_name='brief'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='bulkjob',
            name='english_sealed',
            field=models.BinaryField(blank=True, default=b'', verbose_name='brief in het Engels'),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name='bulkjob', name='bulk_is_a_message_or_an_owner'),
        migrations.AddConstraint(
            model_name='bulkjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'message'), ('owner__isnull', True), ('text_sealed', b''), models.Q(('message', ''), _negated=True)), models.Q(('kind', 'letter'), ('message', ''), ('owner__isnull', True), models.Q(('text_sealed', b''), _negated=True)), models.Q(('kind', 'assign'), ('message', ''), ('owner__isnull', False), ('text_sealed', b'')), _connector='OR'), name='bulk_is_a_message_a_letter_or_an_owner'),
        ),
    ]
