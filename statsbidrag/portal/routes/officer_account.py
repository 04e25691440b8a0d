"""The agency's desk: the joint account to the Government, and every answer as a file."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.account import answers
from statsbidrag.portal.views.officer.account import page as account

_AGENCY = having("see agency")
_ROUND = "myndighet/omgangar/<int:year>"

PAGES = [
    page(f"{_ROUND}/samlad-redovisning/", account.joint_account, "joint_account", _AGENCY),
    page(f"{_ROUND}/samlad-redovisning.<str:ending>", account.joint_account_file, "joint_account_file", _AGENCY),
    page(f"{_ROUND}/aterrapporter/svar.<str:ending>", answers.report_answers_file, "report_answers_file", _AGENCY),
]
