"""The e-service: what the public, the recipients and the agency's officers see and do in a browser."""
