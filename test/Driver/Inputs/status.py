"""Runs a command and succeeds if its exit status is the given one: `status.py 2 adgen …`."""
import subprocess
import sys

expected, command = int(sys.argv[1]), sys.argv[2:]
status = subprocess.run(command).returncode
if status != expected:
    sys.exit(f"exit status {status} instead of {expected}: {' '.join(command)}")
