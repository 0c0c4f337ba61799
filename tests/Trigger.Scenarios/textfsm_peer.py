"""google/textfsm beside trigger on templates and texts made up from a seed: textfsm_peer.py TRIGGER FOLDER SEED TEMPLATES. Prints what differs, then 'done COUNT'."""
import io
import json
import os
import random
import re
import subprocess
import sys
import warnings

import textfsm

warnings.simplefilter("ignore")  # Nested sets are meant.

trigger, folder, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
rng = random.Random(seed)

PATTERNS = [r"(\S+)", r"(\d+)", r"(\w+|)", r"(.*?)", r"(.+)", r"([a-c]+)", r"([^\s,]*)", r"(up|down)", r"(\d{1,3}(?:\.\d{1,3}){3})", r"([[\]x-]+)", r"(a{,2}b)",
            r"(x{1,}|y)", r"((?:a|b)+)", r"(\S+(?=\s))", r"([\w.:/-]+)", r"((?:)|\d)", r"(\x41+)", r"(\"[^\"]*\")", r"({.*})", r"((\w)\2)"[:0] or r"(-?\d+)"]
NESTED = [r"((?P<one>\w+)=(?P<two>\d*))", r"((?P<left>[a-z]+)(?:/(?P<right>\d+))?)"]
WORDS = ["up", "down", "ab", "aab", "x", "xx", "10.0.0.1", "7", "42", "AA", "eth0/1", "a=1", "b=", "[x]", "{y}", '"q r"', "Vlan10", "total:", "--", "é", ","]
OPTIONS = ["Required", "Filldown", "Fillup", "List", "Key"]
ACTIONS = ["", "", "", "", " -> Record", " -> Next.Record", " -> Continue", " -> Continue.Record", " -> Clear", " -> Continue.Clear", " -> Clearall", " -> Continue.Clearall",
           " -> Record {s}", " -> {s}", " -> Next.Clearall {s}", " -> End", " -> EOF", " -> Record End", " -> Error", ' -> Error "no good"']


def literal():
    return rng.choice(["total:", "up", r"\[x\]", "Vlan", "--", r"\d+", ","])


def template():
    values, used = [], set()
    for i in range(rng.randint(1, 5)):
        options = rng.sample(OPTIONS, rng.choice([0, 0, 1, 1, 2, 3]))
        nested = "List" in options and rng.random() < 0.3
        pattern = rng.choice(NESTED) if nested and not used else rng.choice(PATTERNS)
        if pattern in NESTED:
            used.add(pattern)
        values.append((f"V{i}", ",".join(options), pattern))
    lines = ["Value %s%s %s" % (options + " " if options else "", name, pattern) for name, options, pattern in values]
    states = ["Start"] + rng.sample(["Two", "Three_3"], rng.randint(0, 2))
    for state in states:
        lines += ["", state]
        for _ in range(rng.randint(1, 5)):
            parts = rng.sample([v[0] for v in values], rng.randint(0, min(3, len(values))))
            body = rng.choice([r"\s*", "", "."]) + rng.choice([r"\s+", r"\s*", " "]).join(
                [rng.choice(["${%s}", "$%s"]) % p if rng.random() < 0.8 else literal() for p in parts] or [literal()])
            body += rng.choice(["", r"\s*$$", ".*$$", "|total"])
            action = rng.choice(ACTIONS).format(s=rng.choice(states))
            lines.append("%s^%s%s" % (rng.choice([" ", "  "]), body, action))
    if rng.random() < 0.3:
        lines += ["", "EOF"]
    if rng.random() < 0.1:
        lines += ["", "End"]
    source = "\n".join(lines) + "\n"
    if rng.random() < 0.2:
        at = rng.randrange(len(source))
        source = source[:at] + rng.choice(["", "", rng.choice("()[]{}*+?|$ ^\\\n-_>.")]) + source[at + rng.randint(0, 2):]
    return source


def text():
    return "".join(" ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 5))) + rng.choice(["\n", "\n", "\n", "\r\n", "\v", " \n"]) for _ in range(rng.randint(0, 14)))


def theirs(source, what):
    try:
        machine = textfsm.TextFSM(io.StringIO(source))
        for value in machine.values:
            re.compile(value.regex)  # textfsm looks at it only when a rule uses the value; here every mistake is told.
    except Exception as error:  # A template that textfsm refuses has to be refused here, too.
        return "template", str(error)
    try:
        rows = machine.ParseText(what)
        return "rows", [dict(zip([h.lower() for h in machine.header], row)) for row in rows]
    except textfsm.TextFSMError as error:
        return "text", str(error)
    except TypeError:
        return "crash", None  # textfsm 1.1.0 falls over a nested list whose match was empty.


different = refused = tables = found = 0
for number in range(count):
    print("template %d" % number, flush=True)
    source = template()
    path = os.path.join(folder, "t.textfsm")
    with open(path, "w") as to:
        to.write(source)
    files, texts = [], []
    for i in range(8):
        texts.append(text())
        files.append(os.path.join(folder, "%d.txt" % i))
        with open(files[-1], "w", newline="") as to:
            to.write(texts[-1])
    ran = subprocess.run([trigger, "parse", "--json", "--template", path] + files, capture_output=True, text=True)
    kind, _ = theirs(source, "")
    if kind == "template":
        refused += 1
        if ran.returncode != 2:
            different += 1
            print("accepted what textfsm refuses (%s):\n%s" % (theirs(source, "")[1], source))
        continue
    if ran.returncode == 2:
        different += 1
        print("refused what textfsm accepts:\n%s\n%s" % (source, ran.stderr))
        continue
    for what, line in zip(texts, ran.stdout.splitlines()):
        kind, rows = theirs(source, what)
        ours = json.loads(line)
        tables += 1
        found += len(rows) if kind == "rows" else 0
        if kind == "crash" or (kind == "rows" and ours["parsed"] == rows) or (kind == "text" and ours["parsed"] is None):
            continue
        different += 1
        print("seed %d, template %d: textfsm says %r, trigger %r\n%s\n%r" % (seed, number, rows, ours, source, what))
    if different > 3:
        break

print("done %d templates, %d refused by both, %d texts, %d rows, %d different" % (count, refused, tables, found, different))
