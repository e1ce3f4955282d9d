// SPDX-License-Identifier: GPL-3.0-or-later
// Where the project is, and towns to plan. tests/bindings/test_node.py of the
// project copies the package, makes the addon, and runs these.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
export const PACKAGE = dirname(HERE);
export const ROOT = process.env.CTG_ROOT ?? resolve(HERE, '../../..');
const BUILD = process.env.CTG_BUILD ?? join(ROOT, 'build');
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** What an interrupt takes far less than. */
export const SOON = 20_000; // ms

export function request(number, points, begin = '09:00', end = '12:00') {
    return {
        id: `r${number}`, child: `c${number}`, points,
        options: [{ id: 'o1', structure: 's1', when: [{ begin, end }] }],
    };
}

/** One place without law: r1 and r3 are served, r2 waits. */
export function town(more = {}) {
    const requests = more.requests ?? [
        request(1, 5), request(2, 3), request(3, 2, '13:00', '17:00')];
    return {
        schema: 'ctgsched/problem/1', id: 'tiny',
        horizon: { first: '2026-09-07', last: '2026-09-11' },
        structures: [{
            id: 's1', kind: 'other', places: 1,
            hours: [{ begin: '08:00', end: '18:00' }],
        }],
        children: requests.map(({ child }) => (
            { id: child, birth: '2025-01-01' })),
        requests, ...more,
    };
}

/** Two pins on one place. */
export function contradiction() {
    return town({
        pins: ['r1', 'r2'].map((id) => ({ request: id, option: 'o1' })),
    });
}

/** A town whose optimum takes far longer than any test: odd patterns of days,
 * points that nearly tie, several wishes a family, few places. */
export function crowded() {
    let state = 12345n;
    const draw = (n) => {
        state = (state * 1103515245n + 12345n) % (1n << 31n);
        return Number(state >> 8n) % n;
    };
    const clock = (half) => `${String(half >> 1).padStart(2, '0')}:` +
        `${half % 2 ? '30' : '00'}`;
    const option = (w) => {
        const days = new Set(Array.from({ length: 2 + draw(4) },
            () => DAYS[draw(5)]));
        const begin = 15 + draw(8);
        const end = begin + 6 + draw(37 - begin - 6);
        return {
            id: `o${w}`, structure: `s${draw(6)}`, when: [{
                days: DAYS.filter((day) => days.has(day)),
                begin: clock(begin), end: clock(end),
            }],
        };
    };
    const requests = Array.from({ length: 400 }, (_, i) => ({
        id: `r${i}`, child: `c${i}`, options: [0, 1, 2, 3].map(option),
        points: 100 + draw(97),
    }));
    return town({
        id: 'crowded', requests,
        horizon: { first: '2026-09-07', last: '2026-10-02' },
        structures: Array.from({ length: 6 }, (_, k) => ({
            id: `s${k}`, kind: 'other', places: 9 + k,
            hours: [{ begin: '07:30', end: '18:30' }],
        })),
    });
}

/** One agent, a morning and a late shift, and nobody who asks. */
export function joint() {
    return town({
        requests: [], horizon: { first: '2026-09-07', last: '2026-09-07' },
        shifts: [['early', '08:00', '12:00'], ['late', '12:00', '18:00']].map(
            ([id, begin, end]) => (
                { id, structure: 's1', segments: [{ begin, end }] })),
        employees: [{
            id: 'e',
            wishes: [{ date: '2026-09-07', shift: 'late', weight: 3 }],
        }],
        goals: { mode: 'lexicographic', order: ['wishes'] },
    });
}

export function plan(...served) {
    return {
        schema: 'ctgsched/plan/1',
        placements: served.map((id) => ({ request: id, option: 'o1' })),
    };
}

/** What the command line says. */
export function cli(...words) {
    const env = { ...process.env, LC_ALL: 'C' };
    for (const name of Object.keys(env))
        if (name.startsWith('CTGSCHED_'))
            delete env[name];
    const done = spawnSync(join(BUILD, 'bin', 'ctgsched'), words.map(String),
        { encoding: 'utf8', env, maxBuffer: 1 << 28 });
    if (![0, 3, 5, 7].includes(done.status))
        throw new Error(done.stderr);
    return done.stdout;
}

export function example(name) {
    return join(ROOT, 'examples', `${name}.json`);
}
