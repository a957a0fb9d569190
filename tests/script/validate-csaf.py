#!/usr/bin/env python3
"""validate-csaf.py SCHEMADIR csaf|csaf-2.1|rolie|provider FILE: judges FILE by the official JSON schema,
with the schemas that it refers to taken from the same directory, never from the network."""
import json
import os
import sys

import jsonschema

SCHEMAS = {"csaf": "csaf_json_schema.json", "csaf-2.1": "csaf.json", "rolie": "ROLIE_feed_json_schema.json",
           "provider": "provider_json_schema.json"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def local_schemas(top):
    store = {}
    for folder, _, names in os.walk(top):
        for name in sorted(names):
            if not name.endswith(".json"):
                continue
            schema = read(os.path.join(folder, name))
            for key in ("$id", "id"):
                if schema.get(key):
                    store[schema[key]] = schema
            if os.path.basename(folder) == "first":
                store["https://www.first.org/cvss/" + name] = schema
    return store


def validator_for(schema, store):
    """jsonschema has two ways to hand in what is referred to; Debian 12 has the older one."""
    checker = jsonschema.FormatChecker()
    try:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT7
    except ImportError:
        resolver = jsonschema.RefResolver.from_schema(schema, store=store)
        resolver.resolve_remote = lambda uri: sys.exit("not here: " + uri)
        return jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=checker)
    registry = Registry().with_resources(
        (uri, Resource.from_contents(content, default_specification=DRAFT7))
        for uri, content in store.items())
    return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=checker)


def main():
    top, kind, path = sys.argv[1:4]
    schema = read(os.path.join(top, SCHEMAS[kind]))
    validator = validator_for(schema, local_schemas(top))
    problems = list(validator.iter_errors(read(path)))
    for problem in problems:
        print("/" + "/".join(str(step) for step in problem.absolute_path), problem.message)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
