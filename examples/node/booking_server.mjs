// SPDX-License-Identifier: GPL-3.0-or-later
// A booking front without a framework: families ask over HTTP which slots a day
// still has, and book one; the library says what fits, and books.
//
//     PKG_CONFIG_PATH=build node bindings/node/build.mjs
//     node examples/node/booking_server.mjs [--port 8080] [PROBLEM]
//
//     GET  /slots?date=2026-09-10&age=14&min=120[&structure=ID]
//     POST /bookings  {"date": "2026-09-10", "structure": "mesanges",
//                      "begin": "08:00", "end": "10:00", "birth": "2025-07-01"}
//     GET  /plan      how many are placed, and the goals
//
// A booking is a change of the problem ("booked", doc/format.md 15). The plan
// that people were told, with the newcomer added, goes to the judge: when a
// rule would be broken the booking is refused with the reason, and nobody else
// is ever moved. Nothing is kept when the server ends.
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
// 'ctgsched' where the package is installed
import { CtgError, Problem, Solver } from '../../bindings/node/lib/index.js';

const EXAMPLES = join(dirname(fileURLToPath(import.meta.url)), '..');
const MOST_BYTES = 10_000; // of a request

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        port: { type: 'string', default: '8080' },
        'work-limit': { type: 'string', default: '20k' },
    },
});

class Refused extends Error {
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}

function clock(minute) {
    const part = (number) => String(number).padStart(2, '0');
    return `${part(Math.floor(minute / 60))}:${part(minute % 60)}`;
}

/** The problem, and the plan that people were told. Both never change: a
 * booking puts two others in their place, so that who reads is never
 * disturbed. */
class Town {
    #turn = Promise.resolve(); // bookings are made one after the other
    #n = 0;

    constructor(problem, plan) {
        this.problem = problem;
        this.plan = plan;
    }

    async slots({ date, age, min = '60', structure }) {
        const found = await this.plan.slots({
            date: date ?? '', ageMonths: Number(age),
            leastMinutes: Number(min), structure,
        });
        return found.map((slot) => ({
            ...slot, begin: clock(slot.begin), end: clock(slot.end),
        }));
    }

    book(asked) {
        const booked = this.#turn.then(() => this.#booked(asked));
        this.#turn = booked.catch(() => {});
        return booked;
    }

    async #booked({ date, structure, begin, end, birth }) {
        const id = `web-${++this.#n}`;
        const problem = await this.problem.apply({
            schema: 'ctgsched/change/1',
            changes: [{
                op: 'booked', child: { id: `${id}-child`, birth },
                request: {
                    id, child: `${id}-child`, options: [{
                        id: 'slot', structure,
                        when: [{ dates: [date], begin, end }],
                    }],
                },
            }],
        });
        const plan = await problem.judge(this.#with(id));
        if (!plan.isAccepted)
            throw new Refused(409, plan.breaches[0].message);
        this.problem = problem;
        this.plan = plan;
        return { id };
    }

    /** The plan, and a place for one more. */
    #with(request) {
        const { schema, placements, duties, shortages } = this.plan.toJSON();
        return {
            schema, duties, shortages,
            placements: [...placements, { request, option: 'slot' }],
        };
    }
}

async function body(request) {
    let text = '';
    for await (const part of request.setEncoding('utf8')) {
        text += part;
        if (text.length > MOST_BYTES)
            throw new Refused(413, 'this is too long');
    }
    try {
        return Object(JSON.parse(text));
    } catch {
        throw new Refused(400, 'this is no JSON');
    }
}

async function answer(town, request) {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    switch (`${request.method} ${pathname}`) {
    case 'GET /slots':
        return [200, { slots: await town.slots(
            Object.fromEntries(searchParams)) }];
    case 'POST /bookings':
        return [201, await town.book(await body(request))];
    case 'GET /plan':
        return [200, {
            placed: town.plan.info.nPlacements,
            goals: town.plan.goals.map(({ name, value, unit }) => (
                { name, value, unit })),
        }];
    default:
        throw new Refused(404, 'there is nothing here');
    }
}

/** What the asker did wrong is told; what we did, is not. */
function fault(error) {
    if (error instanceof Refused)
        return [error.status, { error: error.message }];
    if (error instanceof CtgError) {
        const { code, pointer, message } = error;
        return [400, { error: message, code, pointer }];
    }
    if (error instanceof TypeError)
        return [400, { error: error.message }];
    console.error(error);
    return [500, { error: 'a defect, sorry' }];
}

const problem = await Problem.load(
    positionals[0] ?? join(EXAMPLES, 'commune.json'));
const plan = await new Solver({ workLimit: values['work-limit'] })
    .solve(problem);
const town = new Town(problem, plan);
const server = createServer(async (request, response) => {
    const [status, value] = await answer(town, request).catch(fault);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(value)}\n`);
});
server.listen(Number(values.port), '127.0.0.1', () => console.log(
    `http://127.0.0.1:${server.address().port}/ has ` +
    `${plan.info.nPlacements} children placed`));
