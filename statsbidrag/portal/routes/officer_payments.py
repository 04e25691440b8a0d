"""The agency's desk: payment batches, attestation, hand-over and answers."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.payments import answers, batch, books, numbers, overview

_AGENCY, _FINANCE, _REGISTERING = having("see agency"), having("prepare payment"), having("register")
_PAYMENTS = "myndighet/omgangar/<int:year>/utbetalningar"

PAGES = [
    page(f"{_PAYMENTS}/", overview.payments, "payments", _AGENCY),
    page(f"{_PAYMENTS}/<int:number>/", batch.payment_batch, "payment_batch", _AGENCY),
    page(f"{_PAYMENTS}/<int:number>/fil.<str:ending>", batch.payment_file, "payment_file", _AGENCY),
    page(f"{_PAYMENTS}/svar/", answers.bank_answers, "bank_answers", _AGENCY),
    page(f"{_PAYMENTS}/svar/<int:answer>/", answers.bank_answer, "bank_answer", _FINANCE),
    page(f"{_PAYMENTS}/bokforing/", books.vouchers, "vouchers", _AGENCY),
    page(f"{_PAYMENTS}/bokforing/<int:first>.si", books.voucher_file, "voucher_file", _AGENCY),
    page(f"{_PAYMENTS}/bokforing/hela-omgangen.si", books.all_vouchers, "all_vouchers", _AGENCY),
    page(f"{_PAYMENTS}/giro/<slug:recipient>/", numbers.giro_check, "giro_check", _FINANCE),
    page(f"{_PAYMENTS}/giro/<slug:recipient>/registrera/", numbers.register_giro, "register_giro", _REGISTERING),
]
