"""Opens sessions with paramiko, runs 'true' in each, and prints how many were opened and the CPU seconds that took."""
import resource
import sys
import threading

import paramiko

port, key, count, threads = int(sys.argv[1]), paramiko.Ed25519Key.from_private_key_file(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
opened, lock, numbers = 0, threading.Lock(), iter(range(count))


def work():
    global opened
    while True:
        with lock:
            if next(numbers, None) is None:
                return
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect("127.0.0.1", port, "root", pkey=key, allow_agent=False, look_for_keys=False)
        client.exec_command("true")[1].channel.recv_exit_status()
        client.close()
        with lock:
            opened += 1


before = resource.getrusage(resource.RUSAGE_SELF)
workers = [threading.Thread(target=work) for _ in range(threads)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
after = resource.getrusage(resource.RUSAGE_SELF)
print(opened, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
