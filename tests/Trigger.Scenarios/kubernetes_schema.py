"""Holds manifests (YAML on standard input) against the Kubernetes API as the official Python client of Debian knows it (python3-kubernetes, generated from the API's own
OpenAPI document): unknown fields, wrong types and missing fields are told, one a line. Exit code 1 when there are any."""
import sys

import yaml
from kubernetes import client
from kubernetes.client.configuration import Configuration

# The client in Debian 12 is of Kubernetes 1.22, one release before autoscaling/v2 dropped the "beta" from its name; the fields are the same.
RENAMED = {"autoscaling/v2": "V2beta2"}
PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float)}
SETTINGS = Configuration()


def model(api_version, kind):
    version = RENAMED.get(api_version, api_version.split("/")[-1])
    return getattr(client, version[0].upper() + version[1:] + kind, None)


def required(cls, attribute):
    # The generated setters refuse None exactly for what the API requires.
    blank = cls.__new__(cls)
    blank.local_vars_configuration = SETTINGS
    try:
        setattr(blank, attribute, None)
    except ValueError:
        return True
    return False


def check(value, kind, path):
    if kind == "object":
        return
    if kind.startswith("list["):
        if not isinstance(value, list):
            yield f"{path}: a list is wanted"
            return
        for number, item in enumerate(value):
            yield from check(item, kind[5:-1], f"{path}[{number}]")
    elif kind.startswith("dict("):
        if not isinstance(value, dict):
            yield f"{path}: a map is wanted"
            return
        for key, item in value.items():
            yield from check(item, kind[5:-1].split(", ", 1)[1], f"{path}.{key}")
    elif kind in PLAIN:
        # In Python a bool is an int; in the API it is not.
        if not isinstance(value, PLAIN[kind]) or (kind != "bool" and isinstance(value, bool)):
            yield f"{path}: {value!r} is no {kind}"
    elif kind in ("datetime", "date"):
        yield f"{path}: is for the API server to set"
    else:
        yield from check_model(value, getattr(client, kind), path)


def check_model(value, cls, path):
    if not isinstance(value, dict):
        yield f"{path}: a map is wanted"
        return
    names = {name: attribute for attribute, name in cls.attribute_map.items()}
    for name, item in value.items():
        if name not in names:
            yield f"{path}.{name}: there is no such field"
        elif item is None:
            yield f"{path}.{name}: is empty"
        else:
            yield from check(item, cls.openapi_types[names[name]], f"{path}.{name}")
    for name, attribute in names.items():
        if name not in value and required(cls, attribute):
            yield f"{path}.{name}: is missing"


def main():
    mistakes, count = [], 0
    for manifest in yaml.safe_load_all(sys.stdin):
        count += 1
        where = f"{manifest.get('kind')}/{manifest.get('metadata', {}).get('name')}"
        cls = model(manifest.get("apiVersion", ""), manifest.get("kind", ""))
        mistakes += check_model(manifest, cls, where) if cls else [f"{where}: the API has no {manifest.get('apiVersion')} {manifest.get('kind')}"]
    print("\n".join(mistakes) if mistakes else f"{count} checked")
    sys.exit(1 if mistakes or count == 0 else 0)


main()
