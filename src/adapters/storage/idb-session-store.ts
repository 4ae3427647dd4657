/**
 * Sessions in IndexedDB. Runs lie in a store of their own, one record each, so that a long conversation is not
 * written again with every step; what a step at work has brought so far lies beside them and is small.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { PlaygroundError } from '../../core/errors';
import type { Trajectory } from '../../core/trajectory';
import { upgradeTrajectory } from '../../core/trajectory-upgrade';
import type { Leftover, SessionChange, SessionRecord, SessionStore, SessionSummary } from '../../core/storage';

/** The database's name; `eraseEverything` deletes it. */
export const SESSIONS_DATABASE = 'codeact-sessions';

interface Schema extends DBSchema {
	sessions: { key: string; value: SessionSummary; indexes: { updatedAt: string } };
	runs: { key: [string, number]; value: { sessionId: string; index: number; trajectory: Trajectory } };
	leftovers: { key: string; value: { sessionId: string; leftover: Leftover } };
}

/** Sessions in the IndexedDB database `name`. Opens it on the first call. */
export class IdbSessionStore implements SessionStore {
	#database: Promise<IDBPDatabase<Schema>> | null = null;

	constructor(private readonly name: string = SESSIONS_DATABASE) {}

	async list(): Promise<readonly SessionSummary[]> {
		return this.#coded(async (database) => (await database.getAllFromIndex('sessions', 'updatedAt')).reverse());
	}

	async open(id: string): Promise<SessionRecord | null> {
		const record = await this.#coded(async (database) => {
			const transaction = database.transaction(['sessions', 'runs', 'leftovers']);
			const summary = await transaction.objectStore('sessions').get(id);
			const runs = await transaction.objectStore('runs').getAll(runsOf(id));
			const leftover = await transaction.objectStore('leftovers').get(id);
			if (summary === undefined) return null;
			return { summary, runs: runs.map(({ trajectory }) => trajectory), leftover: leftover?.leftover ?? null };
		});
		if (record === null) return null;
		const runs = record.runs.map(upgradeTrajectory).filter((run) => run !== null);
		if (runs.length < record.runs.length) throw new PlaygroundError('session_unreadable');
		return { ...record, runs };
	}

	async save({ summary, runs, leftover }: SessionChange): Promise<void> {
		await this.#coded(async (database) => {
			const transaction = database.transaction(['sessions', 'runs', 'leftovers'], 'readwrite');
			const writes: Promise<unknown>[] = [transaction.objectStore('sessions').put(summary)];
			for (const { index, trajectory } of runs) {
				writes.push(transaction.objectStore('runs').put({ sessionId: summary.id, index, trajectory }));
			}
			const leftovers = transaction.objectStore('leftovers');
			writes.push(
				leftover === null ? leftovers.delete(summary.id) : leftovers.put({ sessionId: summary.id, leftover }),
			);
			await Promise.all([...writes, transaction.done]);
		});
	}

	async remove(id: string): Promise<void> {
		await this.#coded(async (database) => {
			const transaction = database.transaction(['sessions', 'runs', 'leftovers'], 'readwrite');
			await Promise.all([
				transaction.objectStore('sessions').delete(id),
				transaction.objectStore('runs').delete(runsOf(id)),
				transaction.objectStore('leftovers').delete(id),
				transaction.done,
			]);
		});
	}

	/** Closes the connection, so that the database can be deleted. */
	async close(): Promise<void> {
		const database = await this.#database?.catch(() => null);
		this.#database = null;
		database?.close();
	}

	async #coded<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
		try {
			this.#database ??= openDatabase(this.name);
			return await work(await this.#database);
		} catch (thrown) {
			const isFull = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
			throw PlaygroundError.from(thrown, isFull ? 'storage_full' : 'storage_unavailable');
		}
	}
}

function openDatabase(name: string): Promise<IDBPDatabase<Schema>> {
	return openDB<Schema>(name, 1, {
		upgrade(database) {
			database.createObjectStore('sessions', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
			database.createObjectStore('runs', { keyPath: ['sessionId', 'index'] });
			database.createObjectStore('leftovers', { keyPath: 'sessionId' });
		},
		// Another tab erases or upgrades: let it.
		blocking(_current, _blocked, event) {
			(event.target as IDBDatabase).close();
		},
	});
}

function runsOf(id: string): IDBKeyRange {
	return IDBKeyRange.bound([id, 0], [id, Infinity]);
}
