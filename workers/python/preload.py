"""Common names for the fresh namespace: small models use modules without importing them.

Run once per namespace, before the first action. Standard library only, so that it costs little and works offline.
"""

import calendar
import itertools
import json
import math
import random
import re
import statistics
import string
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
