"""The region's own house: clinics, visits, pay and its book; nothing of the agency's reaches in."""
