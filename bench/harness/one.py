"""Runs one command and writes what it took:  one.py USAGE.json COMMAND ..."""
import os
import sys
import time

begin = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - begin
with open(sys.argv[1], "w", encoding="utf-8") as f:
    f.write('{"wall": %.3f, "cpu": %.3f, "peak": %d, "code": %d}'
            % (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status)))
