from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flyers', '0002_bundles'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='letterjob',
            name='ready_letters_are_all_there',
        ),
        migrations.RemoveField(
            model_name='letterjob',
            name='paper_sealed',
        ),
        migrations.AddConstraint(
            model_name='letterjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), ('done', models.F('count')), _connector='OR'), name='ready_letters_are_all_there'),
        ),
        migrations.AddConstraint(
            model_name='letterjob',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('count'))), name='no_more_letters_than_were_asked'),
        ),
    ]
