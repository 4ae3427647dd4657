/** web-llm for real, also on the CPU's adapter (`--enable-unsafe-webgpu --use-webgpu-adapter=swiftshader`): slow, so in a lane of its own. */
import { cardFor } from '../../src/adapters/catalogue';
import { describeModel } from './engine-suite';

describeModel('WebLlmEngine', await cardFor('smollm2-135m-webgpu'), 'root ::= "yes" | "no"');
