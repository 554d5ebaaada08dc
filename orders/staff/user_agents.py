"""Which browser on which system somebody signs in with, from what the browser says about itself."""

from dataclasses import dataclass

LONGEST = 300  # letters of a User-Agent that are read
SHORT = {"Chrome Mobile": "Chrome", "Mobile Safari": "Safari", "Firefox Mobile": "Firefox", "Edge Mobile": "Edge"}


@dataclass(frozen=True, slots=True)
class Program:
    """`Firefox` on `Windows`; empty where the browser did not say."""

    browser: str
    system: str


def read_program(user_agent: str) -> Program:
    from ua_parser import parse  # late: its patterns take 3 MB, and only sign-in needs them

    said = parse(user_agent[:LONGEST])
    browser = said.user_agent.family if said.user_agent else ""
    return Program(SHORT.get(browser, browser)[:40], (said.os.family if said.os else "")[:40])
