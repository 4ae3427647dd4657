"""What a memory snapshot of the interpreter needs on either side: `prepare` runs where one is made, once per release
(scripts/onboard/make-snapshot.mjs), `renew` after each start from it."""

import gc
import importlib
import random
import sys
import time

# What numpy, pandas, matplotlib and micropip import of the standard library, and what small models like to use.
MODULES = """
    _pickle argparse base64 bisect calendar cmath collections.abc copy csv ctypes dataclasses datetime decimal difflib
    email.message enum fractions functools glob gzip hashlib heapq hmac html html.parser http.client importlib.metadata
    itertools json logging math mmap numbers operator pathlib pickle pkgutil platform pprint queue random re
    secrets shlex statistics string struct sysconfig tempfile textwrap time timeit traceback types typing unicodedata
    urllib.request uuid zoneinfo
""".split()


def prepare(preload):
    """Imports what an action is likely to need, and what `preload` does, and drops what importing left behind."""
    for name in MODULES:
        importlib.import_module(name)
    exec(preload, {})
    # Pyodide puts it there again at each start.
    sys.path.remove("")
    gc.collect()


def renew():
    """Makes new what must differ from one start to the next, or depends on where Python runs."""
    random.seed()
    year = time.gmtime().tm_year
    january, july = (time.localtime(time.mktime((year, month, 1, 0, 0, 0, 0, 0, -1))) for month in (1, 7))
    # As CPython computes them when `time` is imported: the half of the year with the smaller offset is standard time.
    standard, summer = (january, july) if january.tm_gmtoff <= july.tm_gmtoff else (july, january)
    time.timezone, time.altzone = -standard.tm_gmtoff, -summer.tm_gmtoff
    time.daylight = int(standard.tm_gmtoff != summer.tm_gmtoff)
    time.tzname = (standard.tm_zone, summer.tm_zone)
