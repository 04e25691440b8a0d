"""The questions of any form as a page asks them; the form itself is a rule file."""
