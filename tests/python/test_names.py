import unittest

import harness_package  # noqa: F401
from playground_harness import names


class Names(unittest.TestCase):
    def test_an_import_name_leads_to_the_distribution_that_brings_it(self):
        wanted = {
            "sklearn": "scikit-learn",
            "cv2": "opencv-python",
            "PIL": "pillow",
            "bs4": "beautifulsoup4",
            "yaml": "pyyaml",
            "Crypto": "pycryptodome",
        }
        self.assertEqual({module: names.distribution_of(module) for module in wanted}, wanted)
        self.assertIsNone(names.distribution_of("numpy"))

    def test_a_requirement_keeps_its_extras_and_versions(self):
        self.assertEqual(names.renamed("sklearn>=1.2")[0], "scikit-learn>=1.2")
        self.assertEqual(names.renamed("yaml[fast] ; python_version > '3'")[0], "pyyaml[fast] ; python_version > '3'")
        self.assertEqual(names.renamed("pil")[0], "pillow")

    def test_what_is_a_distribution_or_an_address_is_left_alone(self):
        for requirement in ("scikit-learn", "Pillow", "numpy==2", "https://host/cv2-1.0-py3-none-any.whl", "emfs:yaml.whl"):
            self.assertIsNone(names.renamed(requirement), requirement)

    def test_every_name_in_the_list_differs_from_its_distribution(self):
        for module in names._LIST:
            self.assertIsNotNone(names.renamed(module), module)


if __name__ == "__main__":
    unittest.main()
