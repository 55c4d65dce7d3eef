"""Checks replies to public reviews for anything that tells who was a patient, and of what."""
