#!/usr/bin/env python3
"""Checks the change log of a psirtdesk workspace without psirtdesk.

usage: verify-log.py [--gpg] WORKSPACE-OR-DATABASE

Follows doc/log-format.txt, with Python's own modules only: the hash chain, the commitments of the
values, the tables against a replay of the log, imports, documents, and checkpoints (their signatures
with --gpg). A line for each thing that is wrong; exit status 0 when nothing is, 1 when something is,
2 when it could not look.
"""
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

findings = 0


def finding(text):
    global findings
    findings += 1
    print(text.encode("ascii", "backslashreplace").decode())


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def commitment(salt, value):
    if isinstance(value, int):
        return sha256(salt + b"I" + str(value).encode())
    if isinstance(value, str):
        return sha256(salt + b"T" + value.encode())
    return sha256(salt + b"B" + value)


def check_chain(db, erased):
    """Every hash follows from the one before; every value fits its commitment."""
    chain = {}  # desk -> (epoch, sequence, hash, clock)
    values = {}
    for row in db.execute("SELECT * FROM log_value ORDER BY position, field"):
        values.setdefault(row["position"], []).append(row)
    for entry in db.execute("SELECT * FROM log ORDER BY desk, epoch, sequence"):
        epoch, sequence, previous, clock = chain.get(entry["desk"], (None, 0, "0" * 64, 0))
        where = "entry %d of epoch %d" % (entry["sequence"], entry["epoch"])
        expected = sequence + 1 if epoch == entry["epoch"] else 1
        if entry["sequence"] != expected:
            finding("entries are missing before " + where)
        if entry["clock"] < clock:
            finding("the clock runs backwards at " + where)
        lines = ["psirtdesk log entry %d" % entry["format"], "previous " + previous]
        for name in ("desk", "epoch", "sequence", "transaction", "action", "person", "clock", "pinned",
                     "operation", "kind", "record"):
            lines.append("%s %s" % (name, "-" if entry[name] is None else entry[name]))
        for value in values.pop(entry["position"], []):
            sides = [check_value(entry, value, side, where, erased) for side in ("old", "new")]
            lines.append("value %s %s %s" % (value["field"], *sides))
        if sha256("".join(line + "\n" for line in lines).encode()) != entry["hash"]:
            finding(where + " does not fit its hash")
        chain[entry["desk"]] = (entry["epoch"], entry["sequence"], entry["hash"], entry["clock"])
    if not chain:
        finding("the log is empty")
    if values:
        finding("values belong to no entry")


def check_value(entry, value, side, where, erased):
    committed, content = value[side + "_commitment"], value[side]
    if content is not None:
        salt = value[side + "_salt"]
        if committed is None or salt is None or commitment(salt, content) != committed:
            finding("%s: the %s value of %s does not fit its commitment" % (where, side, value["field"]))
    elif committed is not None and (entry["record"], value["field"]) not in erased:
        finding("%s: the %s value of %s is missing, and no erasure tells why"
                % (where, side, value["field"]))
    return committed or "-"


UNKNOWN = object()  # erased: not known until the next entry


def replay(db):
    """(kind, record) -> its fields, as the log leaves them; "(deleted)" among them when it was."""
    state, made, changes = {}, set(), {}
    query = ("SELECT l.*, v.field, v.old, v.old_commitment, v.new, v.new_commitment FROM log AS l "
             "LEFT JOIN log_value AS v ON v.position = l.position ORDER BY l.position, v.field")
    last = None
    for row in db.execute(query):
        key = (row["kind"], row["record"])
        if row["position"] != last and row["operation"] == "insert":
            if key in made and "(deleted)" not in state[key]:
                finding("%s %s is made twice" % key)
            state[key] = {}
            made.add(key)
        last = row["position"]
        if row["field"] is not None:
            fields = state.setdefault(key, {})
            before = fields.get(row["field"])
            old = UNKNOWN if row["old"] is None and row["old_commitment"] else row["old"]
            if key in made and UNKNOWN not in (before, old) and before != old:
                finding("the log contradicts itself about %s of %s %s" % (row["field"], *key))
            fields[row["field"]] = UNKNOWN if row["new"] is None and row["new_commitment"] else row["new"]
            changes.setdefault(key, []).append((row["position"], row["field"], row["old"], row["new"]))
        if row["operation"] == "delete":
            state.setdefault(key, {})["(deleted)"] = True
    return state, made, changes


def check_tables(db, state, made):
    names = {row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    kinds = {kind for kind, _ in state}
    logged = {row[0][:-len("_log_insert")] for row in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_log\\_insert' ESCAPE '\\'")}
    for kind in sorted(kinds | logged):
        staged = kind + "_stored" in names
        table = kind + "_stored" if staged else kind
        if table not in names:
            finding("there is no table %s" % table)
            continue
        seen = set()
        for row in db.execute('SELECT * FROM "%s"%s' % (table, " WHERE import IS NULL" if staged else "")):
            seen.add(row["id"])
            fields = state.get((kind, row["id"]))
            if fields is None or "(deleted)" in fields or (kind, row["id"]) not in made:
                finding("%s %s is not in the log" % (kind, row["id"]))
                continue
            for name in row.keys():
                if name not in ("row", "id", "import") and fields.get(name) is not UNKNOWN \
                        and fields.get(name) != row[name]:
                    finding("%s of %s %s is not what the log says" % (name, kind, row["id"]))
        for other, record in made:
            if other == kind and record not in seen and "(deleted)" not in state[(other, record)]:
                finding("%s %s is missing" % (kind, record))


def check_imports(db, changes):
    for item in db.execute("SELECT * FROM import WHERE state = 'done'"):
        digest, count = hashlib.sha256(), 0
        position = db.execute("SELECT max(position) FROM log WHERE record = ? AND operation = 'insert'",
                              (item["id"],)).fetchone()[0] or 0
        for row in db.execute('SELECT * FROM "%s_stored" WHERE import = ? ORDER BY row' % item["kind"],
                              (item["batch"],)):
            count += 1
            fields = {name: row[name] for name in row.keys() if name not in ("row", "id", "import")}
            later = [c for c in changes.get((item["kind"], row["id"]), []) if c[0] > position]
            for _, name, _, new in later:
                if name in fields and fields[name] != [c[3] for c in later if c[1] == name][-1]:
                    finding("%s of %s %s is not what the log says" % (name, item["kind"], row["id"]))
            for _, name, old, _ in reversed(later):
                fields[name] = old
            digest.update(("row=%s\n" % row["id"]).encode())
            for name in sorted(fields):
                if fields[name] is not None:
                    digest.update(("%s=%s\n" % (name, fields[name])).encode())
        if digest.hexdigest() != item["digest"] or count != item["count"]:
            finding("the rows of import %s are not those that were imported" % item["id"])


def check_documents(db):
    for item in db.execute("SELECT * FROM document"):
        digest = hashlib.sha256()
        for chunk in db.execute("SELECT bytes FROM document_chunk WHERE document = ? ORDER BY position",
                                (item["id"],)):
            digest.update(chunk[0])
        if digest.hexdigest() != item["stored_sha256"] or \
                (not item["sealed"] and digest.hexdigest() != item["id"]):
            finding("document %s is damaged" % item["id"])


def check_checkpoints(db, gpg):
    workspace = db.execute("SELECT id FROM workspace").fetchone()[0]
    for item in db.execute("SELECT * FROM checkpoint"):
        entry = db.execute("SELECT hash FROM log WHERE desk = ? AND epoch = ? AND sequence = ?",
                           (item["desk"], item["epoch"], item["sequence"])).fetchone()
        if not entry or entry[0] != item["hash"]:
            finding("checkpoint %s signed another entry" % item["id"])
        if not gpg:
            continue
        text = "psirtdesk checkpoint 1\nworkspace %s\n" % workspace
        for name in ("desk", "epoch", "sequence", "hash", "clock"):
            text += "%s %s\n" % (name, item[name])
        with tempfile.TemporaryDirectory() as place:
            signed, signature = os.path.join(place, "text"), os.path.join(place, "text.asc")
            for path, content in ((signed, text), (signature, item["signature"])):
                with open(path, "w", encoding="utf-8") as out:
                    out.write(content)
            done = subprocess.run(["gpg", "--batch", "--status-fd", "1", "--verify", signature, signed],
                                  capture_output=True, text=True, check=False)
        if done.returncode != 0 or (item["fingerprint"] or "").upper() not in done.stdout:
            finding("the signature of checkpoint %s does not verify" % item["id"])


def main(arguments):
    gpg = "--gpg" in arguments
    paths = [argument for argument in arguments if argument != "--gpg"]
    if len(paths) != 1 or paths[0].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 64
    path = os.path.join(paths[0], "psirtdesk.db") if os.path.isdir(paths[0]) else paths[0]
    try:
        db = sqlite3.connect("file:%s?mode=ro" % urllib.parse.quote(os.path.abspath(path)), uri=True)
        db.row_factory = sqlite3.Row
        db.execute("BEGIN")
        erased = {(row["record"], row["field"]) for row in
                  db.execute("SELECT record, field FROM erasure WHERE field IS NOT NULL")}
        check_chain(db, erased)
        state, made, changes = replay(db)
        check_tables(db, state, made)
        check_imports(db, changes)
        check_documents(db)
        check_checkpoints(db, gpg)
    except (OSError, sqlite3.Error) as error:
        print("verify-log.py: %s: %s" % (path, error), file=sys.stderr)
        return 2
    if findings == 0:
        print("%s: nothing is wrong" % path)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
