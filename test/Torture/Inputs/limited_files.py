"""Runs a command that may write so many bytes to a file, and succeeds if its status is 1: limited_files.py BYTES COMMAND…"""
import resource
import signal
import subprocess
import sys

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # what is beyond fails, and does not end the process
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(subprocess.run(sys.argv[2:], restore_signals=False).returncode != 1)
