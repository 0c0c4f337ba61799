"""Netmiko's threads on the same fleet: netmiko_fleet.py INVENTORY THREADS DEVICE_TYPE USER PASSWORD SECRET FAST COMMAND...
Prints one JSON object: ok, failed, wall, cpu, rss_mb, threads."""
import csv, json, resource, sys, threading, time, warnings
warnings.simplefilter("ignore")
from concurrent.futures import ThreadPoolExecutor
from netmiko import ConnectHandler

path, threads, kind, user, password, secret, fast, *commands = sys.argv[1:]
rows = list(csv.DictReader(open(path)))
most = 0


def one(row):
    global most
    most = max(most, threading.active_count())
    options = dict(device_type=kind, ip=row["address"], port=int(row["port"]), username=user, password=password, secret=secret)
    if fast == "fast":
        options["fast_cli"] = True
    try:
        c = ConnectHandler(**options)
        c.enable()
        for command in commands:
            if len(c.send_command(command)) < 20:
                raise ValueError("short answer")
        c.disconnect()
        return True
    except Exception:
        return False


start = time.perf_counter()
with ThreadPoolExecutor(int(threads)) as pool:
    results = list(pool.map(one, rows))
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps(dict(ok=sum(results), failed=len(results) - sum(results), wall=round(wall, 3), cpu=round(used.ru_utime + used.ru_stime, 3),
                      rss_mb=round(used.ru_maxrss / 1024, 1), threads=most)))
