"""Builds faults.cpp and runs it with each of its faults.

usage: run_faults.py FAULTS.cpp INCLUDE_FOLDER PROGRAM
"""
import os
import subprocess
import sys

source, folder, program = sys.argv[1:]
subprocess.run(["clang++-22", "-std=c++17", "-fsanitize=address,undefined", "-I", folder, source,
                "-o", program], check=True)
for fault in range(8):
    result = subprocess.run([program], check=False, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, env={**os.environ, "FAULT": str(fault)})
    print(f"fault {fault}: status {result.returncode}\n{result.stdout}", flush=True)
