import type { FamilyExamples } from './family';

/** Tasks that ask for numpy by name: the package is loaded from the wheels on board when the code imports it. */
export const arrays: FamilyExamples = {
	arraySum: [
		['With numpy, what is the sum of 3, 9 and 20?', 'import numpy as np\nprint(np.sum([3, 9, 20]))'],
		['Use numpy to add up [14, 6, 31, 8].', 'import numpy as np\nprint(np.sum([14, 6, 31, 8]))'],
	],
	arrayMean: [
		['With numpy, what is the mean of 5, 8 and 14?', 'import numpy as np\nprint(np.mean([5, 8, 14]))'],
		['Use numpy to find the average of [41, 7, 12, 30].', 'import numpy as np\nprint(np.mean([41, 7, 12, 30]))'],
		['What is the mean of 90, 62 and 75 in numpy?', 'import numpy as np\nprint(np.mean([90, 62, 75]))'],
	],
	arrayMedian: [
		['With numpy, what is the median of 9, 1 and 4?', 'import numpy as np\nprint(np.median([9, 1, 4]))'],
		['Use numpy to find the median of [22, 5, 17, 3].', 'import numpy as np\nprint(np.median([22, 5, 17, 3]))'],
	],
};
