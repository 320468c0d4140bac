"""Runs commands with a limit of time and memory, and says how they ended."""
import os
import resource
import signal
import subprocess

MEMORY = 4 << 30


class Run:
    """How a command ended: `status` is None if its time was up, negative after a signal."""

    def __init__(self, status, output, errors):
        self.status = status
        self.output = output
        self.errors = errors


def run(command, folder, seconds, is_limited=False):
    """Runs a command in a folder; with `is_limited` it gets no more than MEMORY bytes, but for
    sanitizers, which take more."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
        if is_limited and "ADGEN_INSTRUMENTED" not in os.environ:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                          preexec_fn=limit) as process:
        try:
            output, errors = process.communicate(timeout=seconds)
            return Run(process.returncode, output, errors)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
            return Run(None, output, errors)
