"""The promises of the privacy policy, clause by clause."""
