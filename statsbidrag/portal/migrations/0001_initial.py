"""The first tables: people, the nine steps of a round, ledger, diary, post and the service's own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("took_part", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="DemonstrationClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seconds", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="DiaryEntry",
            fields=[
                ("id", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("salted_hash", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Interrupted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("path", models.CharField(max_length=500)),
                ("values", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="JointAccount",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("assessment", models.TextField(blank=True)),
                ("use", models.TextField(blank=True)),
                ("results", models.TextField(blank=True)),
                ("conditions", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed", models.DateTimeField()),
                ("decided", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PaymentBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("message_id", models.CharField(max_length=35, unique=True)),
                ("day", models.DateField()),
                ("prepared", models.DateTimeField()),
                ("handed_over", models.DateTimeField(null=True)),
                ("withdrawn", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["year", "number"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64, null=True, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("created", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Registry",
            fields=[
                ("recipient", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lines", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("serial", models.PositiveIntegerField(null=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("recipient", models.CharField(blank=True, max_length=40)),
                ("matter", models.CharField(max_length=200)),
                ("opened", models.DateTimeField()),
                ("their_number", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["year", "kind", "recipient"], name="portal_case_year_b5aa55_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "grant")),
                        fields=("year", "recipient"),
                        name="one_grant_case_a_recipient",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgentApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("organisation_number", models.CharField(max_length=11)),
                ("capacity", models.CharField(max_length=20)),
                ("position", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.case"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agent_applications",
                        to="portal.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("recipient", models.CharField(max_length=40)),
                ("kronor", models.PositiveBigIntegerField(default=0)),
                ("reallocated", models.PositiveBigIntegerField(default=0)),
                ("because", models.JSONField()),
                ("reasons", models.JSONField(default=list)),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("texts", models.JSONField(default=list)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("prepared", models.DateTimeField()),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="portal.approval",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="portal.case"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="portal.decision",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="portal.diaryentry",
                    ),
                ),
                ("direction", models.CharField(max_length=3)),
                ("about", models.CharField(max_length=30)),
                ("party", models.CharField(max_length=200)),
                ("matter", models.CharField(max_length=300)),
                ("name", models.CharField(max_length=200)),
                ("mime", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=32)),
                ("secret", models.BooleanField(default=False)),
                ("erased_by", models.CharField(blank=True, max_length=60)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="diaryentry",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="portal.case"
            ),
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=30, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("kronor", models.PositiveBigIntegerField()),
                ("issued", models.DateField()),
                ("due", models.DateField()),
                ("handed_over", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invoice", to="portal.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="InvoiceEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("day", models.DateField()),
                ("kronor", models.PositiveBigIntegerField(null=True)),
                ("until", models.DateField(null=True)),
                ("parts", models.JSONField(default=list)),
                ("source", models.CharField(max_length=80)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="portal.invoice"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("cause", models.CharField(max_length=20)),
                ("recipient", models.CharField(max_length=40)),
                ("kronor", models.PositiveBigIntegerField()),
                ("reference", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("fingerprint", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["year", "recipient"], name="portal_ledg_year_3ee5f3_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "cause", "recipient", "reference"), name="nothing_is_booked_twice"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=35, unique=True)),
                ("recipient", models.CharField(max_length=40)),
                ("kronor", models.PositiveBigIntegerField()),
                ("giro", models.CharField(max_length=40)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="portal.decision"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="portal.paymentbatch"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="paymentbatch",
            name="handed_over_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="paymentbatch",
            name="prepared_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kinds", models.JSONField()),
                ("at_most", models.PositiveBigIntegerField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JointAccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("says", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="portal.jointaccount"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="jointaccount",
            name="changed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.AddField(
            model_name="jointaccount",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="jointaccount",
            name="presenter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("invited", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("accepted", models.DateTimeField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncomingPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=80, unique=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("day", models.DateField()),
                ("kronor", models.PositiveBigIntegerField()),
                ("payer", models.CharField(blank=True, max_length=200)),
                ("looked_at", models.DateTimeField(null=True)),
                ("remark", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="portal.incomingfile",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming",
                        to="portal.invoiceevent",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="incomingfile",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.CreateModel(
            name="GiroCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("giro", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("how", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("location", models.CharField(max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompletionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("says", models.TextField()),
                ("questions", models.JSONField(default=list)),
                ("answer_by", models.DateField()),
                ("at", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="portal.case"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Bias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="biases", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(blank=True, max_length=140)),
                ("outcome", models.CharField(max_length=10)),
                ("day", models.DateField()),
                ("kronor", models.BigIntegerField(null=True)),
                ("why", models.TextField(blank=True)),
                ("why_unmatched", models.TextField(blank=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("remark", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="portal.answerfile"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="portal.payment",
                    ),
                ),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attestations",
                        to="portal.paymentbatch",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="approval",
            name="acting_for",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="decision_maker",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.AddField(
            model_name="approval",
            name="presenter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.AddField(
            model_name="answerfile",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.CreateModel(
            name="ReceivedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=80, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("came_in", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("counts", models.BooleanField(default=True)),
                ("background", models.JSONField()),
                ("answers", models.JSONField()),
                ("shows", models.JSONField()),
                ("measures", models.JSONField()),
                ("fired", models.JSONField()),
                ("notes", models.JSONField(default=dict)),
                ("prefilled", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=dict)),
                ("fingerprint", models.CharField(max_length=64)),
                ("used", models.BigIntegerField(null=True)),
                ("certified", models.CharField(max_length=10)),
                ("certified_at", models.DateTimeField()),
                ("delegation", models.CharField(max_length=200)),
                (
                    "certified_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "completes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="portal.completionrequest",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="completionrequest",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completion_requests",
                to="portal.receivedreport",
            ),
        ),
        migrations.CreateModel(
            name="AcceptedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptance",
                        to="portal.receivedreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceivedRequisition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=80, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("arrived", models.DateTimeField()),
                ("amount", models.BigIntegerField(null=True)),
                ("wants_more", models.BooleanField(null=True)),
                ("at_most", models.BigIntegerField(null=True)),
                ("abstains", models.BooleanField(default=False)),
                ("other_support", models.BooleanField(null=True)),
                ("giro", models.CharField(blank=True, max_length=40)),
                ("agent", models.CharField(blank=True, max_length=200)),
                ("channel", models.CharField(max_length=10)),
                ("completes", models.CharField(blank=True, max_length=80)),
                ("contact_name", models.CharField(blank=True, max_length=200)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                ("contact_telephone", models.CharField(blank=True, max_length=40)),
                ("their_reference", models.CharField(blank=True, max_length=60)),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["arrived", "id"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="concerns",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="portal.receivedrequisition",
            ),
        ),
        migrations.CreateModel(
            name="ReminderRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("occasion", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("receivers", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Repayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("liabilities", models.JSONField()),
                ("in_batch", models.BooleanField(default=False)),
                ("unnecessary", models.TextField(blank=True)),
                ("waived", models.PositiveBigIntegerField(default=0)),
                ("special_reasons", models.TextField(blank=True)),
                ("reply", models.TextField(blank=True)),
                ("opened", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                ("closed_because", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="repayments", to="portal.case"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="invoice",
            name="repayment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="portal.repayment"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="repayment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="portal.repayment"
            ),
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("prefilled", models.JSONField(default=dict)),
                ("background", models.JSONField(default=dict)),
                ("short_path", models.BooleanField(default=False)),
                ("certificate", models.JSONField(default=dict)),
                ("places", models.JSONField(default=dict)),
                ("begun", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "completes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.completionrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=40)),
                ("answers", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="portal.reportdraft"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("says", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="portal.reportdraft"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RequisitionDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=40)),
                ("values", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("recipient", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("published", models.DateTimeField(null=True)),
                ("opened", models.DateTimeField(null=True)),
                ("reallocated", models.DateTimeField(null=True)),
                ("form_sent", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReallocatedShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("kronor", models.PositiveBigIntegerField()),
                ("because", models.JSONField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="portal.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocumentContent",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="portal.document",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="VoucherFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["year", "first"],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("occasion", models.CharField(max_length=30)),
                ("recipient", models.CharField(blank=True, max_length=40)),
                ("created", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.case"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="jointaccount",
            name="document",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="document",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="file",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
            ),
        ),
        migrations.CreateModel(
            name="GiroChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=40)),
                ("giro", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="letter",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
            ),
        ),
        migrations.AddField(
            model_name="completionrequest",
            name="letter",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
            ),
        ),
        migrations.CreateModel(
            name="Communication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("answered", models.DateTimeField(null=True)),
                ("arguments", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "repayment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="communication", to="portal.repayment"
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentApplicationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="portal.agentapplication"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="diaryentry",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="a_number_in_a_case_is_used_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentbatch",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="a_batch_number_is_used_once"),
        ),
        migrations.AddConstraint(
            model_name="girocheck",
            constraint=models.UniqueConstraint(fields=("recipient", "giro", "year"), name="checked_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.UniqueConstraint(fields=("key",), name="a_deed_is_done_once"),
        ),
        migrations.AddConstraint(
            model_name="bias",
            constraint=models.UniqueConstraint(fields=("officer", "recipient"), name="noted_once"),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.UniqueConstraint(fields=("batch", "person"), name="attested_once_by_each"),
        ),
        migrations.AddConstraint(
            model_name="reminderrun",
            constraint=models.UniqueConstraint(fields=("year", "occasion"), name="reminded_once_an_occasion"),
        ),
        migrations.AddIndex(
            model_name="repayment",
            index=models.Index(fields=["year", "recipient"], name="portal_repa_year_c46655_idx"),
        ),
        migrations.AddConstraint(
            model_name="reportdraft",
            constraint=models.UniqueConstraint(fields=("year", "recipient"), name="one_report_draft_a_recipient"),
        ),
        migrations.AddConstraint(
            model_name="draftpage",
            constraint=models.UniqueConstraint(fields=("draft", "page"), name="a_page_of_a_draft_is_one_row"),
        ),
        migrations.AddConstraint(
            model_name="requisitiondraft",
            constraint=models.UniqueConstraint(fields=("year", "recipient"), name="one_draft_a_recipient"),
        ),
        migrations.AddIndex(
            model_name="role",
            index=models.Index(fields=["person", "ended"], name="portal_role_person__f713de_idx"),
        ),
        migrations.AddIndex(
            model_name="role",
            index=models.Index(fields=["recipient", "ended"], name="portal_role_recipie_e74835_idx"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None)), fields=("person", "kind", "recipient"), name="a_role_is_held_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None), ("kind", "agent")),
                fields=("recipient",),
                name="one_agent_a_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="reallocatedshare",
            constraint=models.UniqueConstraint(fields=("round", "recipient"), name="reallocated_once"),
        ),
        migrations.AddConstraint(
            model_name="voucherfile",
            constraint=models.UniqueConstraint(fields=("year", "first"), name="no_voucher_is_handed_over_twice"),
        ),
        migrations.AddIndex(
            model_name="receivedrequisition",
            index=models.Index(fields=["year", "recipient"], name="portal_rece_year_1477c4_idx"),
        ),
        migrations.AddConstraint(
            model_name="receivedreport",
            constraint=models.UniqueConstraint(fields=("year", "recipient", "number"), name="a_version_comes_in_once"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["recipient"], name="portal_paym_recipie_41fcc9_idx"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["sent"], name="portal_mail_sent_e1a023_idx"),
        ),
        migrations.AddConstraint(
            model_name="invoiceevent",
            constraint=models.UniqueConstraint(fields=("invoice", "kind", "source"), name="an_event_is_noted_once"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["year", "recipient"], name="portal_invo_year_cf64a0_idx"),
        ),
        migrations.AddIndex(
            model_name="girochange",
            index=models.Index(fields=["year", "recipient"], name="portal_giro_year_9853c7_idx"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["year", "recipient"], name="portal_deci_year_b51ed5_idx"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["year", "approval"], name="portal_deci_year_b80af8_idx"),
        ),
    ]
