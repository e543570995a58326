"""What goes wrong in one run: drawn from a seed, so that a run can be had again."""

import random
from collections import Counter
from dataclasses import dataclass, field

from tests.crm.reminders.faults.mail_server import Act

PEOPLE = (3, 8)
#: Most attempts go well; the others are drawn evenly.
LONGEST_SCRIPT = 2
TROUBLED = 0.4
#: Seconds in which faults begin, and how long one lasts.
BEGINS, LASTS = (0.05, 0.7), (0.1, 0.6)
#: How often each happens in a run.
FAULTS = {
    "cut the database": 0.20,
    "freeze the database": 0.20,
    "cut the broker": 0.15,
    "freeze the broker": 0.15,
    "kill a sender": 0.15,
    "kill a worker": 0.03,
    "kill a scheduler": 0.05,
}
#: Each costs a lease of waiting, so that not every run has one.
KILLS = (Act.KILL_AT_RCPT, Act.KILL_AFTER_TAKING, Act.KILL_AFTER_REPLY)
KILLED = 0.2
GENTLE = tuple(act for act in Act if act not in KILLS and act != Act.TAKE)


@dataclass(frozen=True, slots=True)
class Fault:
    what: str
    at: float
    lasts: float


@dataclass(frozen=True, slots=True)
class Plan:
    """``scripts`` says for each person what the mail server does with their attempts, one after the other."""

    seed: int
    scripts: tuple[tuple[Act, ...], ...]
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        people = "\n".join(
            f"  person {n}: {', '.join(a.value for a in script)}" for n, script in enumerate(self.scripts)
        )
        faults = "\n".join(f"  after {f.at:.2f} s for {f.lasts:.2f} s: {f.what}" for f in self.faults)
        return f"seed {self.seed}\n{people}\n{faults}"


@dataclass
class Tally:
    """What a series of runs came to."""

    runs: int = 0
    people: int = 0
    mails: int = 0
    doubled: int = 0
    refused: int = 0
    seconds: float = 0.0
    acts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        acts = "\n".join(f"    {number:>6}  {what}" for what, number in self.acts.most_common())
        faults = "\n".join(f"    {number:>6}  {what}" for what, number in self.faults.most_common())
        return (
            f"{self.runs} runs in {self.seconds:.0f} s, {self.people} people: {self.mails} mails taken, "
            f"{self.refused} refused for good; lost or doubled without need: {len(self.broken)}\n"
            f"  doubled because nobody could know, each with the same Message-ID: {self.doubled}\n"
            f"  the mail server\n{acts}\n  around it\n{faults}"
        )


def plan_of(seed: int) -> Plan:
    draw = random.Random(seed)
    scripts = [_script(draw) for _ in range(draw.randint(*PEOPLE))]
    if draw.random() < KILLED:
        scripts[0] = (draw.choice(KILLS), *scripts[0])
    faults = [
        Fault(what, at=draw.uniform(*BEGINS), lasts=draw.uniform(*LASTS))
        for what, share in FAULTS.items()
        if draw.random() < share
    ]
    return Plan(seed, tuple(scripts), tuple(sorted(faults, key=lambda fault: fault.at)))


def _script(draw: random.Random) -> tuple[Act, ...]:
    script = []
    while len(script) < LONGEST_SCRIPT and draw.random() < TROUBLED:
        script.append(draw.choice(GENTLE))
    return tuple(script)
