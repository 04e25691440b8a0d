"""Visits that several clinics have wait to be paid, and one that is removed says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Step 3 of the region's database."""

    dependencies = [("region", "0002_only_grow")]
    operations = [
        migrations.AddField("settledline", "claimed_twice", models.IntegerField(default=0)),
        migrations.AddField("visit", "removed_why", models.CharField(blank=True, max_length=300)),
    ]
