"""What a manager is told beside the questions: what people did not answer twice, and the news of the regions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.reminders.asking import MOST_NEWS, Asking
from crm.reminders.registry import News, Telling, all_chapters

WEEK = timedelta(days=7)
About = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Section:
    """News of one kind: the first few, and how many more there are."""

    title: Any
    lines: tuple[News, ...]
    rest: int = 0
    asks: bool = False

    @property
    def number(self) -> int:
        return len(self.lines) + self.rest


@dataclass(frozen=True, slots=True)
class Briefing:
    sections: tuple[Section, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Is there nothing that has to be done? What only happened is no reason for a mail."""
        return not any(section.asks for section in self.sections)

    @staticmethod
    def joined(briefings: Iterable["Briefing"]) -> "Briefing":
        """Return one briefing of several: a deputy hears what is told to each of the managers."""
        return Briefing(tuple(section for briefing in briefings for section in briefing.sections))

    def without(self, records: Collection[About]) -> "Briefing":
        """Return the briefing without what is said of ``records``: nobody hears twice of one record in one digest."""
        left = (
            replace(section, lines=tuple(line for line in section.lines if line.about not in records))
            for section in self.sections
        )
        return Briefing(tuple(section for section in left if section.number))


NOTHING_NEW = Briefing()


def briefings_for(regions: Collection[int], *, asking: Asking, ignored: Iterable[News]) -> dict[int, Briefing]:
    """Return what the managers of each of ``regions`` are told on the day of ``asking``, by key of the region.

    What happened to records is told up the tree too (to national staff of the whole country); what people ignored,
    only in their own region. One run of each chapter for all regions together.
    """
    below = {key for key, place in asking.regions.items() if any(above in regions for above in place.line)}
    telling = Telling(asking, since=asking.on - WEEK, regions=below)
    told = [(one, list(one.tell(telling))) for one in all_chapters()] if regions else []
    left = list(ignored)
    briefings = {}
    for region in regions:
        sections = [
            _section(_("Asked twice without an answer"), [line for line in left if line.region_id == region], asks=True)
        ]
        for one, lines in told:
            seen = [line for line in lines if region in asking.line(line.region_id)]
            sections.append(_section(one.title, seen, asks=one.asks))
        briefings[region] = Briefing(tuple(section for section in sections if section.number))
    return briefings


def _section(title: Any, lines: list[News], *, asks: bool) -> Section:
    in_regions: Mapping[int, int] = {line.region_id: line.in_region for line in lines}
    shown = tuple(lines[:MOST_NEWS])
    return Section(title, shown, rest=max(sum(in_regions.values()) - len(shown), 0), asks=asks)
