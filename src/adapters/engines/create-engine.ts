import type { EngineKind, ModelCard } from '../../core/model-card';
import type { Engine } from '../../core/ports';
import { ScriptedEngine } from './scripted-engine';
import { WebLlmEngine } from './webllm-engine';
import { WllamaEngine } from './wllama-engine';

/** What an engine needs beside its card. */
export interface EngineOptions {
	/** Address of the app, with a slash at the end; left out: `document.baseURI`. */
	readonly baseUrl?: string;
	/** What a `scripted` card plays. */
	readonly script?: readonly string[];
}

const ENGINES: Record<EngineKind, (card: ModelCard, options: EngineOptions) => Engine> = {
	wllama: (card, { baseUrl = document.baseURI }) => new WllamaEngine(card, baseUrl),
	webllm: (card, { baseUrl = document.baseURI }) => new WebLlmEngine(card, baseUrl),
	scripted: (_, { script = [] }) => new ScriptedEngine(script),
};

/** The engine that runs `card`, not loaded yet. The heavy packages are fetched by its `load`. */
export function createEngine(card: ModelCard, options: EngineOptions = {}): Engine {
	return ENGINES[card.engine](card, options);
}
