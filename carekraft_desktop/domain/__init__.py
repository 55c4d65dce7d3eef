"""The office's rules as plain values and functions: no clock, no input or output, no libraries.

Times inside the program are `Moment`s: whole seconds since 1970 in UTC. They are turned into
the office's local time at the edge, in the presenters.
"""

Moment = int
