"""The field of a form that takes a file: it is opened and checked before anything else is done with it."""

from typing import Any

from django import forms

from statsbidrag.portal.actions.uploads import MOST_BYTES, Upload, read_upload, too_large
from statsbidrag.portal.views.forms import at_the_field


class UploadField(forms.FileField):
    """A scanned paper, as a PDF or a picture."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """Gives the checked file, or says why it is refused; None where there is none and none is needed."""
        if not data:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"])
            return None
        return at_the_field(lambda: _read(data))


def _read(file: Any) -> Upload:
    if file.size > MOST_BYTES:
        raise too_large()
    return read_upload(file.name, file.read())
