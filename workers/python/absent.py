"""What the browser does not have: threads, other processes, sockets. Each says so in one line, with what to use instead."""

import sys

THREADS = (
    "There are no threads in the browser. Call the functions one after the other, "
    "or await coroutines together with asyncio.gather."
)
PROCESSES = (
    "There are no other processes in the browser. Call Python functions instead of programs: "
    "pathlib, shutil and zipfile handle files, and `%pip install NAME` installs."
)
SOCKETS = (
    "There are no sockets in the browser. Use requests, httpx, urllib.request or `await pyodide.http.pyfetch(url)`, "
    "which go through the page."
)

# Modules that do not exist here, with their reason.
REASONS = {"_multiprocessing": PROCESSES, "_posixsubprocess": PROCESSES}


def patches():
    """The patches by module, for `AfterImport`; none where Python has all of it."""
    if sys.platform != "emscripten":
        return {}
    return {
        "_thread": patch_thread,
        "threading": patch_threading,
        "os": patch_os,
        "subprocess": patch_subprocess,
        "asyncio.subprocess": patch_asyncio,
        "concurrent.futures": patch_executors,
        "multiprocessing.process": patch_multiprocessing,
        "multiprocessing.context": patch_multiprocessing_context,
        "socket": patch_socket,
    }


def patch_thread(thread):
    thread.start_new_thread = thread.start_new = _raising(RuntimeError, THREADS)


def patch_threading(threading):
    threading._start_new_thread = _raising(RuntimeError, THREADS)


def patch_os(os):
    no_process = _raising(OSError, PROCESSES)
    names = ["system", "popen", "posix_spawn", "posix_spawnp"]
    for name in [*names, *(name for name in dir(os) if name.startswith(("exec", "spawn")))]:
        if hasattr(os, name):
            setattr(os, name, no_process)
    # Not there at all, so that libraries see that; whoever calls it is told why.
    absent = {"fork", "forkpty"}
    for name in absent & set(dir(os)):
        delattr(os, name)

    def explain(name):
        reason = PROCESSES if name in absent else f"module 'os' has no attribute '{name}'"
        raise AttributeError(reason, name=name)

    os.__getattr__ = explain


def patch_subprocess(subprocess):
    subprocess.Popen.__init__ = _raising(OSError, PROCESSES)
    # Called when the object that was never made goes.
    subprocess.Popen.__del__ = lambda self: None


def patch_asyncio(subprocess):
    import asyncio

    async def no_process(*arguments, **options):
        raise OSError(PROCESSES)

    asyncio.create_subprocess_exec = asyncio.create_subprocess_shell = no_process
    subprocess.create_subprocess_exec = subprocess.create_subprocess_shell = no_process


def patch_executors(futures):
    class ProcessPoolExecutor(futures.Executor):
        __init__ = _raising(OSError, PROCESSES)

    futures.ProcessPoolExecutor = ProcessPoolExecutor


def patch_multiprocessing(process):
    process.BaseProcess.start = _raising(OSError, PROCESSES)


def patch_multiprocessing_context(context):
    for name in ("Pool", "Manager", "Queue", "SimpleQueue", "JoinableQueue", "Lock", "RLock", "Pipe", "Value", "Array"):
        setattr(context.BaseContext, name, _raising(OSError, PROCESSES))


def patch_socket(socket):
    no_socket = _raising(OSError, SOCKETS)
    socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = no_socket
    socket.create_connection = socket.create_server = no_socket
    socket.getaddrinfo = socket.gethostbyname = no_socket


def _raising(kind, reason):
    """A function that takes anything and raises."""

    def absent(*arguments, **options):
        raise kind(reason)

    return absent
