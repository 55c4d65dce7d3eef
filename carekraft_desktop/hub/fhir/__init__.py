"""The exchange as a FHIR R4 server, for partners' systems: an office's times and bookings.

A partner acts for one office, within scopes. It sees that office's published times, and of
patients and bookings only those that it brought itself.
"""
