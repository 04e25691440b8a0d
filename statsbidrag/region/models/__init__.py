"""The rows of the region's house, all in its own database, where its book and its diary only grow."""

from statsbidrag.region.models.book import (
    BoardDraft,
    BookPosting,
    LineReminder,
    LineReport,
    MandateMove,
    PlannedSum,
    Project,
    RegionYear,
)
from statsbidrag.region.models.clinics import (
    Clinic,
    ClinicFact,
    GrantedSupport,
    IndexValue,
    Meeting,
    SupportApplication,
    SupportDecision,
)
from statsbidrag.region.models.diary import RegionCase, RegionDocument, RegionDocumentContent
from statsbidrag.region.models.service import Notice, RegionDeed
from statsbidrag.region.models.settlement import Release, SettledLine, SettlementRun, StatementPaper
from statsbidrag.region.models.visits import ColumnMapping, Forgetting, Offer, Visit, VisitFile

__all__ = [
    "BoardDraft",
    "BookPosting",
    "Clinic",
    "ClinicFact",
    "ColumnMapping",
    "Forgetting",
    "GrantedSupport",
    "IndexValue",
    "LineReminder",
    "LineReport",
    "MandateMove",
    "Meeting",
    "Notice",
    "Offer",
    "PlannedSum",
    "Project",
    "RegionCase",
    "RegionDeed",
    "RegionDocument",
    "RegionDocumentContent",
    "RegionYear",
    "Release",
    "SettledLine",
    "SettlementRun",
    "StatementPaper",
    "SupportApplication",
    "SupportDecision",
    "Visit",
    "VisitFile",
]
