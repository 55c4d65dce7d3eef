"""Tests of CareKraft Desktop, from single rules to the whole program against a real exchange."""
