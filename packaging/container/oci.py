"""Puts layers together as an OCI image layout in a tar: oci.py ARCHIVE NAME ARCHITECTURE LAYER...
Written after the OCI image specification 1.0; manifest.json is besides for older docker load."""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

SETTINGS = {
    "User": "10001:10001",
    "ExposedPorts": {"9110/tcp": {}},
    "Env": ["PATH=/opt/trigger:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/var/lib/trigger"],
    "WorkingDir": "/var/lib/trigger",
    "Cmd": ["trigger", "node"],
}


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()


def packed(path):
    # Without a time in its header the same layer has the same digest.
    with open(path, "rb") as plain, open(path + ".gz", "wb") as out, gzip.GzipFile("", "wb", 6, out, 0) as gz:
        while block := plain.read(1 << 20):
            gz.write(block)
    return path + ".gz"


def main(archive, name, architecture, *layers):
    repository, _, tag = name.rpartition(":")
    with tarfile.open(archive, "w") as out:
        def add(path, data):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(data), 0o644
            out.addfile(entry, io.BytesIO(data))

        def blob(data, kind):
            digest = hashlib.sha256(data).hexdigest()
            add("blobs/sha256/" + digest, data)
            return {"mediaType": kind, "digest": "sha256:" + digest, "size": len(data)}

        described = []
        for layer in layers:
            small = packed(layer)
            digest = digest_of(small)
            out.add(small, "blobs/sha256/" + digest)
            described.append({"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:" + digest, "size": os.path.getsize(small)})

        image = {"architecture": architecture, "os": "linux", "config": SETTINGS, "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest_of(layer) for layer in layers]}}
        config = blob(json.dumps(image).encode(), "application/vnd.oci.image.config.v1+json")
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": described}
        entry = blob(json.dumps(manifest).encode(), manifest["mediaType"])
        # containerd reads the first of these names, others the second.
        entry["annotations"] = {"io.containerd.image.name": f"docker.io/library/{name}" if "/" not in name else name, "org.opencontainers.image.ref.name": tag}
        add("index.json", json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [entry]}).encode())
        add("oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        paths = ["blobs/sha256/" + layer["digest"][7:] for layer in described]
        add("manifest.json", json.dumps([{"Config": "blobs/sha256/" + config["digest"][7:], "RepoTags": [f"{repository}:{tag}"], "Layers": paths}]).encode())


main(*sys.argv[1:])
