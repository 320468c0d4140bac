"""adgen with a fault: faulty_adgen.py FAULT adgen ARGUMENTS… crashes, hangs, or damages what adgen has written."""
import os
import pathlib
import signal
import subprocess
import sys
import time

fault, *command = sys.argv[1:]
if "check" in command:
    sys.exit(subprocess.run(command).returncode)
if fault == "crash":
    os.kill(os.getpid(), signal.SIGSEGV)
elif fault == "hang":
    time.sleep(100)
elif fault == "memory":
    try:
        bytearray(1 << 40)
    except MemoryError:
        sys.exit("LLVM ERROR: out of memory")
status = subprocess.run(command).returncode
output = pathlib.Path(command[command.index("-o") + 1])
if fault == "leave":
    output.write_text("")
elif status == 0 and fault in ("warn", "break"):
    output.write_text(output.read_text() + {"warn": "static int unused;\n", "break": "}\n"}[fault])
sys.exit(status)
