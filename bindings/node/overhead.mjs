// SPDX-License-Identifier: GPL-3.0-or-later
// What the binding costs: calls, rows, events, a problem of 16 MiB, two solves
// at once. Needs the addon made; says each figure with its unit.
//
//     node bindings/node/overhead.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem, Solver, statusText } from './lib/index.js';
import { AT, native } from './lib/native.js';

const HERE = fileURLToPath(import.meta.url);
const COMMUNE = new URL('../../examples/commune.json', import.meta.url);
const MIB = 1 << 20;

/** Children who come in the mornings, one place a structure. */
function town(nRequests, nStructures = 1) {
    const numbers = (n) => Array.from({ length: n }, (_, k) => k);
    return {
        schema: 'ctgsched/problem/1', id: 't',
        horizon: { first: '2026-09-07', last: '2026-09-11' },
        structures: numbers(nStructures).map((k) => ({
            id: `s${k}`, kind: 'other', places: 1,
            hours: [{ begin: '08:00', end: '18:00' }],
        })),
        children: numbers(nRequests).map((k) => (
            { id: `c${k}`, birth: '2025-01-01' })),
        requests: numbers(nRequests).map((k) => ({
            id: `r${k}`, child: `c${k}`, options: [{
                id: 'o', structure: `s${k % nStructures}`,
                when: [{ begin: '09:00', end: '12:00' }],
            }],
        })),
    };
}

/** Milliseconds of one of n, the best of some times. */
async function best(work, n, times = 5) {
    let least = Infinity;
    for (let time = 0; time < times; time++) {
        const began = performance.now();
        for (let i = 0; i < n; i++)
            await work();
        least = Math.min(least, (performance.now() - began) / n);
    }
    return least;
}

function bestSync(work, n, times = 5) {
    let least = Infinity;
    for (let time = 0; time < times; time++) {
        const began = performance.now();
        for (let i = 0; i < n; i++)
            work();
        least = Math.min(least, (performance.now() - began) / n);
    }
    return least;
}

async function calls() {
    const problem = Problem.parseSync(town(3));
    const commune = await Problem.load(COMMUNE);
    const plan = await new Solver({ workLimit: '5k' }).solve(commune);
    const nRows = plan.info.nCoverage;
    const rows = () => native.solutionRows(plan[AT], 'coverage');
    const text = JSON.stringify(town(3));
    let nEvents = 0;
    const onEvent = () => { nEvents++; };
    await new Solver().solve(problem, { onEvent });
    const told = nEvents;
    return [
        ['a call', bestSync(() => statusText(0), 200_000) * 1e6, 'ns'],
        ['a call that fills an object of 11 members',
            bestSync(() => problem.info, 100_000) * 1e6, 'ns'],
        ['a row of 10 members', bestSync(rows, 50) * 1e6 / nRows, 'ns'],
        ['reading 3 requests', bestSync(() => Problem.parseSync(text), 500) *
            1e3, 'us'],
        ['the same on a thread of its own', await best(
            () => Problem.parse(text), 500) * 1e3, 'us'],
        ['solving 3 requests', await best(
            () => new Solver().solve(problem), 200) * 1e3, 'us'],
        [`the same with ${told} events told`, await best(
            () => new Solver().solve(problem, { onEvent }), 200) * 1e3, 'us'],
    ];
}

function memory(name) {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) / 1024;
}

/** What a text of 16 MiB takes on its way in: one that nests too deep, so that
 * the library refuses it at its 65th letter and takes nothing. In a process of
 * its own. */
async function crossing(kind) {
    const bytes = Buffer.alloc(16 * MIB, '[');
    const source = kind.startsWith('string') ? bytes.latin1Slice() : bytes;
    const call = kind.endsWith('promise') ? Problem.lint : Problem.lintSync;
    await call('[');
    writeFileSync('/proc/self/clear_refs', '5'); // the peak begins anew
    const before = memory('VmRSS');
    const began = performance.now();
    await call(source);
    console.log(JSON.stringify(
        [performance.now() - began, memory('VmHWM') - before]));
}

function crossings() {
    const found = [];
    for (const kind of ['bytes', 'string', 'bytes, by promise',
        'string, by promise']) {
        const done = spawnSync(process.execPath, [HERE, '--crossing', kind],
            { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
        const [time, more] = JSON.parse(done.stdout);
        found.push([`16 MiB cross as ${kind}`, time, 'ms'],
            ['    more memory', more, 'MiB']);
    }
    let text = JSON.stringify(town(60_000, 2_000), null, 1);
    text += ' '.repeat(16 * MIB - text.length);
    found.push(['a problem of 16 MiB is read', bestSync(
        () => Problem.parseSync(text), 1, 1) / 1e3, 's']);
    return found;
}

/** Throughput of two solves at once over that of one, each the best of some, in
 * turn, so that what else the machine does hits both alike. */
async function threads(n = 2, times = 7) {
    const problem = await Problem.load(COMMUNE);
    const solver = new Solver({ workLimit: '100k' });
    const least = [Infinity, Infinity];
    for (let time = 0; time < times; time++)
        for (const [k, many] of [1, n].entries())
            least[k] = Math.min(least[k], await best(() => Promise.all(
                Array.from({ length: many }, () => solver.solve(problem))),
            1, 1));
    const [one, many] = least;
    return [['one solve', one / 1e3, 's'], [`${n} at once`, many / 1e3, 's'],
        ['throughput', n * one / many, 'times that of one']];
}

if (process.argv[2] === '--crossing') {
    await crossing(process.argv[3]);
} else {
    for (const part of [crossings, calls, threads])
        for (const [name, value, unit] of await part())
            console.log(`${name.padEnd(44)} ${value.toFixed(2).padStart(10)} ` +
                unit);
}
