/** Entry of the model worker: web-llm behind `ModelContract`. The page is told when the script is up. */
import { expose } from 'comlink';
import { WebLlmHost } from './model/web-llm-host';

expose(new WebLlmHost());
self.postMessage({ kind: 'connected' });
