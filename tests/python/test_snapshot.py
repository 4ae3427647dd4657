import random
import time
import unittest

import harness_package  # noqa: F401
from playground_harness import snapshot


class SnapshotTest(unittest.TestCase):
    def test_random_numbers_are_new_after_a_start(self):
        random.seed(1)
        state = random.getstate()
        snapshot.renew()
        self.assertNotEqual(random.getstate(), state)

    def test_the_time_zone_is_told_as_cpython_tells_it(self):
        names = ("timezone", "altzone", "daylight", "tzname")
        before = {name: getattr(time, name) for name in names}
        for name in names:
            setattr(time, name, None)
        snapshot.renew()
        self.assertEqual({name: getattr(time, name) for name in names}, before)


if __name__ == "__main__":
    unittest.main()
