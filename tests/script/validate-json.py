#!/usr/bin/env python3
"""validate-json.py SCHEMA FILE…: judges each file by a JSON schema that refers to no other."""
import json
import sys

import jsonschema


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    schema = read(sys.argv[1])
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
    validator = kind(schema, format_checker=jsonschema.FormatChecker())
    wrong = 0
    for path in sys.argv[2:]:
        for problem in validator.iter_errors(read(path)):
            print(path, "/" + "/".join(str(step) for step in problem.absolute_path),
                  problem.message[:200])
            wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
