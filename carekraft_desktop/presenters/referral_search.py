"""Look for a provider in the office's copy of the directory: narrow it down, list who fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.directory import Entry, Wanted
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import (
    At,
    Filters,
    WizardState,
    digit,
    groups_of,
    nobody,
    offer,
)
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from carekraft_desktop.presenters.referral_in_hand import InHand
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_referrals import DirectoryUses
    from carekraft_desktop.services.desk import Desk

_GROUPS = tuple(sorted(Specialty, key=lambda each: words.SPECIALTY[each]))
_LANGUAGES = tuple(str(code) for code in words.LANGUAGE if code != "en")


class Narrowing(TypedDict, total=False):
    """By what the directory is narrowed down: places in the lists of `Filters`, and words."""

    group: int
    distance: int
    plan: int
    language: int
    new_only: bool
    typed: str


class Search:
    """What is looked for stays while the draft goes through its steps."""

    def __init__(
        self, desk: Desk, directory: DirectoryUses, hand: InHand, *, changed: Callable[[At], None]
    ) -> None:
        """At first everybody whom the permission allows; `changed` is told of a newer copy."""
        self._desk, self._directory, self._hand = desk, directory, hand
        self._changed = changed
        self._wanted = Wanted()
        self._allowed_only = True
        self.listed: tuple[tuple[Entry, str], ...] = ()
        """Whom the rows stand for, each with the group of an organisation."""

    def refresh(self, runner: Runner) -> None:
        """Have an old copy brought up to date; either way its age is shown."""
        if self._directory.is_old(self._desk):
            runner.submit(
                lambda: self._directory.refresh(self._desk), lambda _: self._changed(At.PROVIDER)
            )

    def narrow(self, **by: Unpack[Narrowing]) -> None:
        """Narrow it down by what is named; the rest stays."""
        wanted = self._wanted
        if "group" in by:
            # First what the permission names, then anybody, then group by group.
            group = by["group"]
            self._allowed_only = group == 0
            wanted = replace(wanted, group=_GROUPS[group - 2] if group > 1 else None)
        if "distance" in by:
            wanted = replace(wanted, within=float(words.DISTANCES[by["distance"]][0]))
        if "plan" in by:
            wanted = replace(wanted, plan=self._payer() if by["plan"] else "")
        if "language" in by:
            language = by["language"]
            wanted = replace(wanted, language=_LANGUAGES[language - 1] if language else "")
        if "new_only" in by:
            wanted = replace(wanted, new_patients=by["new_only"])
        if "typed" in by:
            wanted = replace(wanted, words=by["typed"])
        self._wanted = wanted

    def star(self, row: int) -> bool:
        """Make the provider of a row a favourite, or no longer; False where there is none."""
        if not 0 <= row < len(self.listed):
            return False
        (entry, _), referring = self.listed[row], self._hand.work.referring
        favourites, _ = self._directory.known(self._desk, referring)
        on = entry.key not in {each.key for each in favourites}
        self._directory.mark(self._desk, referring, entry.npi, entry.location_id, on=on)
        return True

    def step(self, when: OfficeTime) -> WizardState:
        """The step at which the provider is chosen."""
        wanted, allowed, named = self._wanted, frozenset[Specialty](), frozenset[str]()
        permission = self._hand.permission
        if permission is not None and self._allowed_only:
            allowed, named = permission.specialties, permission.targets
        shelf = self._directory.find(self._desk, replace(wanted, allowed=allowed, named=named))
        favourites, recents = self._directory.known(self._desk, self._hand.work.referring)
        stars = {each.key for each in favourites}
        listed: list[tuple[Entry, str, float | None]] = []
        if not wanted.words and wanted.group is None:
            listed += [(each, words.FAVOURITES, None) for each in favourites]
            listed += [(each, words.RECENTS, None) for each in recents]
        known = {each.key for each, _, _ in listed}
        listed += [
            (found.entry, words.FOUND, found.miles)
            for found in shelf.found
            if found.entry.key not in known
        ]
        chosen = [
            (entry, heading, distance, group)
            for entry, heading, distance in listed
            for group in groups_of(entry, allowed)
        ]
        self.listed = tuple((entry, str(group or "")) for entry, _, _, group in chosen)
        options = tuple(
            offer(entry, heading, distance, group, digit=digit(n), starred=entry.key in stars)
            for n, (entry, heading, distance, group) in enumerate(chosen)
        )
        at = when.day_and_clock(shelf.at) if shelf.at is not None else ""
        return WizardState(
            At.PROVIDER,
            words.FIND.title,
            words.FIND.advice,
            options=options,
            note=words.directory_as_of(at, len(options)) if at else "",
            empty=nobody(shelf) if not options else None,
            filters=self._filters(),
        )

    def _filters(self) -> Filters:
        wanted, payer = self._wanted, self._payer()
        distances = [miles for miles, _ in words.DISTANCES]
        return Filters(
            groups=(
                words.ALLOWED,
                words.ANY_SPECIALTY,
                *(words.SPECIALTY[each] for each in _GROUPS),
            ),
            group=self._group(),
            distances=tuple(text for _, text in words.DISTANCES),
            distance=distances.index(int(wanted.within)),
            plans=(words.ANY_PLAN, *([f"Takes {payer}"] if payer else [])),
            plan=1 if wanted.plan else 0,
            languages=(words.ANY_LANGUAGE, *(words.LANGUAGE[each] for each in _LANGUAGES)),
            language=_LANGUAGES.index(wanted.language) + 1 if wanted.language else 0,
            new_only=wanted.new_patients,
            typed=wanted.words,
        )

    def _group(self) -> int:
        if self._wanted.group is not None:
            return _GROUPS.index(self._wanted.group) + 2
        return 0 if self._allowed_only else 1

    def _payer(self) -> str:
        permission = self._hand.permission
        return permission.payer_code if permission is not None else ""
