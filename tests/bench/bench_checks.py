"""All rules on one filing: time, false alarms, recall by kind of planted fault, memory over 10,000 filings.

Run ``python tests/bench/bench_checks.py [filings]``. Reports are made from the scenes of tests/checks/narrative: the
right report of a scene with some twenty of its right sentences, a different choice each time. Sentences met again are
not read again, as in the desk and in a clerk's next check; beside it stands the time where none has been met before. Prints one table; the numbers are reproducible but for the times.
"""

from __future__ import annotations

import gc
import importlib.util
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from gk_xl.checks.run import check
from gk_xl.checks.text.tokens import KEPT

HERE = Path(__file__).resolve().parent
SEED = 20260115
SENTENCES = 20


def load_scenes():
    """Return tests/checks/narrative/scenes.py as a module."""
    spec = importlib.util.spec_from_file_location("narrative_scenes", HERE.parent / "checks/narrative/scenes.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["narrative_scenes"] = module
    spec.loader.exec_module(module)
    return module


def composed(scenes, scene, random_source):
    """Return a report of a scene with a random choice of its right sentences, about as long as published ones."""
    filing = scene.filing
    for sentence in random_source.sample(scene.sentences, min(SENTENCES, len(scene.sentences))):
        filing = scenes.with_sentence(filing, sentence)
    return replace(filing, deadline=f"{filing.year + 1}-0{random_source.randint(2, 6)}-28")


def resident_kib():
    """Return the memory that this process holds, in KiB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def forget():
    """Let go of everything that is remembered of sentences: a check then meets each for the first time."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("gk_xl.checks.text.", "gk_xl.checks.text_rules.")):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and value.cache_info().maxsize in (KEPT, 2 * KEPT):
                    value.cache_clear()


def first_sight(scenes, known, source, total):
    """Return the seconds of each check of reports whose sentences have not been met before."""
    times = []
    for _ in range(total):
        filing = composed(scenes, source.choice(known), source)
        forget()
        before = time.process_time()
        check(filing)
        times.append(time.process_time() - before)
    return times


def main():
    """Measure and print."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    scenes = load_scenes()
    source = random.Random(SEED)
    known = scenes.scenes()
    warm = [composed(scenes, scene, source) for scene in known]
    for filing in warm:
        check(filing)

    alarms = sum(
        bool(scenes.own_findings(scenes.with_sentence(scene.filing, sentence)))
        for scene, sentence in scenes.right_sentences()
    )
    right = sum(len(scene.sentences) for scene in known)
    kinds, found = Counter(), Counter()
    for fault in scenes.planted_faults():
        kinds[fault.kind] += 1
        found[fault.kind] += fault.code in {finding.code for finding in scenes.own_findings(fault.filing)}

    times, characters, whole_alarms = [], [], 0
    start = None
    for number in range(total):
        filing = composed(scenes, source.choice(known), source)
        characters.append(sum(len(text) for part in filing.narrative.values() for text in part))
        before = time.process_time()
        result = check(filing)
        times.append(time.process_time() - before)
        whole_alarms += any(
            finding.code.startswith("X-") and finding.severity.value == "error" for finding in result.findings
        )
        if number == total // 10:
            gc.collect()
            start = resident_kib()
    gc.collect()
    print(
        f"filings checked                {total:>9,}   narrative {statistics.mean(characters):.0f} characters on average"
    )
    ordered = sorted(times)
    print(
        f"time per filing, all rules, CPU{statistics.median(times) * 1000:>9.2f} ms median, {ordered[int(0.95 * total)] * 1000:.2f} ms p95"
    )
    first = statistics.median(first_sight(scenes, known, source, min(total, 300))) * 1000
    print(f"every sentence met for the first time{first:>9.2f} ms median")
    print(f"memory after 10 % → at the end {start:>9,} → {resident_kib():,} KiB")
    print(f"right sentences                {right:>9,}   false alarms {alarms}")
    print(f"right reports of {SENTENCES} sentences  {total:>9,}   with an error of text {whole_alarms}")
    print(
        f"planted faults                 {sum(kinds.values()):>9,}   found {sum(found.values())} ({sum(found.values()) / sum(kinds.values()):.3f})"
    )
    for kind in sorted(kinds):
        print(f"  {kind:<44} {found[kind]:>3} of {kinds[kind]}")


if __name__ == "__main__":
    main()
