/** The page of the time travel tests: it has nothing but the worker. */
import { wrap } from 'comlink';

Object.assign(globalThis, { traveller: wrap(new Worker('worker.js')) });
