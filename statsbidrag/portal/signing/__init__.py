"""Signing in with e-legitimation: OpenID Connect by the Swedish profile, and nothing kept that is not needed."""
