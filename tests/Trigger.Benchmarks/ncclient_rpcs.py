"""ncclient, one session, one get-config after the other: ncclient_rpcs.py PORT USER PASSWORD COUNT. Prints requests per second and CPU milliseconds per request."""
import resource, sys, time
from ncclient import manager

port, user, password, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
with manager.connect(host="127.0.0.1", port=port, username=user, password=password, hostkey_verify=False, allow_agent=False, look_for_keys=False, timeout=30) as m:
    m.get_config("running")
    begun, used = time.monotonic(), sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    for _ in range(count):
        m.get_config("running")
    wall, cpu = time.monotonic() - begun, sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - used
print("%.1f %.3f" % (count / wall, cpu / count * 1000))
