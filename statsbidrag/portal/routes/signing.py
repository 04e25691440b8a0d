"""The pages of the sign-in and of leaving."""

from statsbidrag.portal.guards import ANYONE, page
from statsbidrag.portal.signing import views

PAGES = [
    page("logga-in/", views.sign_in, "sign_in", ANYONE),
    page("logga-in/e-legitimation/", views.sign_in_start, "sign_in_start", ANYONE),
    page("logga-in/svar/", views.sign_in_answer, "sign_in_answer", ANYONE),
    page("logga-in/nycklar.json", views.sign_in_keys, "sign_in_keys", ANYONE),
    page("logga-ut/", views.sign_out, "sign_out", ANYONE),
    page("logga-ut/klart/", views.signed_out, "signed_out", ANYONE),
]
