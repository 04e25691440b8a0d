"""Pages about oneself: roles, invitations and acting for an organisation."""
