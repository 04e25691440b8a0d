"""Someone who requisitions over plain HTTP: reads the forms as they stand on the pages, and sends them."""

from urllib.parse import urljoin

import requests
from lxml import html

_SECONDS = 30
ANSWERS = {
    "wants_more": "no",
    "at_most": "",
    "other_support": "no",
    "giro": "bankgiro 991-2346",
    "contact_name": "Kontakt (påhittad)",
    "contact_email": "kontakt@exempel.se",
    "contact_telephone": "",
    "their_reference": "",
    "action": "check",
}


class Sender:
    """One of the demonstration's people, signed in, with the pages of its organisation."""

    def __init__(self, url: str, role: str, recipient: str) -> None:
        self.session = requests.Session()
        self._url = url
        self._where = f"organisation/{recipient}/2025/rekvisition/"
        front = self._page("")
        step_in = front.xpath(f'//form[.//button[@value="{role}"]]')[0]
        self._send(step_in.get("action"), {**dict(step_in.form_values()), "role": role})

    def fill_in(self, amount: int) -> None:
        """Fills in the form and goes on to the page with the answers."""
        values = {**self._form(self._where, "amount"), **ANSWERS, "amount": str(amount)}
        assert self._send(self._where, values).headers["Location"].endswith("kontrollera/")

    def checked(self) -> dict[str, str]:
        """Gives what the button that sends it in would send."""
        return self._form(f"{self._where}kontrollera/", "version")

    def send(self, values: dict[str, str]) -> str:
        """Presses it, and gives where that ends."""
        return self._send(f"{self._where}kontrollera/", values).headers["Location"]

    def _form(self, path: str, field: str) -> dict[str, str]:
        form = self._page(path).xpath(f'//main//form[.//*[@name="{field}"]]')[0]
        return dict(form.form_values())

    def _page(self, path: str) -> html.HtmlElement:
        answer = self.session.get(urljoin(self._url, path), timeout=_SECONDS)
        answer.raise_for_status()
        return html.fromstring(answer.content)

    def _send(self, path: str, values: dict[str, str]) -> requests.Response:
        answer = self.session.post(urljoin(self._url, path), values, timeout=_SECONDS, allow_redirects=False)
        assert answer.status_code == 302, (answer.status_code, answer.text[:2000])
        return answer
