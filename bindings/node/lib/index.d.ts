// SPDX-License-Identifier: GPL-3.0-or-later
/** Children and places as an integer program: libctgsched in Node.
 *
 *     import { Problem, Solver } from 'ctgsched';
 *
 *     const problem = await Problem.load('town.json');
 *     const plan = await new Solver({ timeLimit: '10s' }).solve(problem);
 *     for (const goal of plan.goals)
 *         console.log(goal.name, goal.value, goal.bound, goal.unit);
 *
 * Texts (problems, plans, rule packs) are JSON as a string, as UTF-8 bytes, or
 * as an object; their formats are in doc/format.md of the library.
 *
 * Units: dates are text, "2026-09-07"; weeks "2026-W37"; months "2026-09";
 * times are minutes of a local day, 0..1440, in half-open intervals; money is
 * in cents, distances in metres. Every integer of the library is within 2^53,
 * so all are numbers.
 *
 * Errors: every fault of the library is a CtgError. An argument of a wrong
 * type is a TypeError.
 *
 * Threads: what may take long is a promise and works on a thread of its own,
 * none of libuv's; it has a twin that ends in `Sync` and blocks. Problems and
 * solutions never change. Bytes may be changed once the call has returned. */

/** JSON as text, as UTF-8 bytes, or as a plain object. */
export type Json = string | Uint8Array | ArrayBuffer | object;

/** A call did not work. */
export class CtgError extends Error {
    constructor(message: string, place?: {
        status?: number; code?: string; pointer?: string; line?: number;
        column?: number;
    });
    /** The library's number; see `statusText`. */
    readonly status: number;
    /** Stable, for example "E-DATE" (doc/format.md 11); "" if none. */
    readonly code: string;
    /** JSON Pointer to the fault; "" is the whole text, or no place. */
    readonly pointer: string;
    /** From 1; 0 when the fault has no place in a text. */
    readonly line: number;
    /** From 1, in bytes; 0 as above. */
    readonly column: number;
}

/** A text is refused, or passes a limit of size. */
export class InputError extends CtgError {
    /** All that was found, warnings too. */
    readonly faults: readonly Fault[];
}

/** A solve that worked has no plan to give: a limit or a cancel came before
 * the first one. */
export class NoPlanError extends CtgError {
    constructor(message: string, result: Result);
    readonly result: Result;
}

/** It is proven that no plan exists. */
export class InfeasibleError extends NoPlanError {
    constructor(message: string, result: Result, conflicts: readonly string[]);
    /** What contradicts, a line each. */
    readonly conflicts: readonly string[];
}

/** One fault of a text. */
export interface Fault {
    readonly severity: 'error' | 'warning';
    /** "E-DATE", "W-NEVER" (doc/format.md 11). */
    readonly code: string;
    readonly pointer: string;
    readonly line: number;
    readonly column: number;
    /** One line, ends with advice. */
    readonly message: string;
}

/** All faults of a text, at most 100 of each severity; the numbers count those
 * beyond, too. */
export interface Lint {
    readonly faults: readonly Fault[];
    readonly nErrors: number;
    readonly nWarnings: number;
}

/** The size of a problem; dates are the first and the last day. */
export interface ProblemInfo {
    readonly id: string;
    readonly seed: string;
    readonly firstDate: string;
    readonly lastDate: string;
    readonly nDays: number;
    readonly nStructures: number;
    readonly nChildren: number;
    readonly nRequests: number;
    readonly nOptions: number;
    readonly nGoals: number;
    readonly nPacks: number;
}

/** A rule pack that a problem uses; `digest` is "sha256:...". */
export interface Pack {
    readonly id: string;
    readonly digest: string;
    readonly title: string;
}

export interface ReadOptions {
    /** Rule packs that replace embedded ones of the same id. */
    packs?: Iterable<Json>;
}

export interface ExportOptions {
    /** "mps" when left out. */
    format?: 'mps' | 'lp';
    /** Position of the goal, from 0; 0 when weighted. */
    goal?: number;
    /** Keeps each goal before `goal` at least as good as here; needed when
     * `goal` is not 0. */
    plan?: Solution | null;
}

/** The program of one goal as text, and a table (TSV) from its rows and columns
 * back to the problem. */
export interface Export {
    readonly program: string;
    readonly names: string;
}

/** A problem that was read and found without error. Never changes. */
export class Problem {
    private constructor();
    /** Reads "ctgsched/problem/1".
     * @throws InputError (`faults` has all), CtgError (no memory) */
    static parse(source: Json, options?: ReadOptions): Promise<Problem>;
    static parseSync(source: Json, options?: ReadOptions): Problem;
    /** `parse` of a file. */
    static load(path: string | URL, options?: ReadOptions): Promise<Problem>;
    static loadSync(path: string | URL, options?: ReadOptions): Problem;
    /** Every fault of a text; one with errors is no exception here. */
    static lint(source: Json, options?: ReadOptions): Promise<Lint>;
    static lintSync(source: Json, options?: ReadOptions): Lint;
    /** What was found at reading that is worth a look. */
    readonly warnings: readonly Fault[];
    /** "sha256:" and 64 hexadecimal digits of the canonical text: the same for
     * two files that mean the same. */
    get digest(): string;
    /** The canonical problem (doc/format.md 10), one line of JSON. */
    get text(): string;
    /** The canonical problem as a new object, free to be changed. */
    toJSON(): any;
    get info(): ProblemInfo;
    /** The rule packs in use, by id. */
    get packs(): readonly Pack[];
    /** A plan by whoever made it, "ctgsched/plan/1", judged: its `placements`
     * are enough. One that breaks rules is read all the same: ask
     * `isAccepted`, `breaches`.
     * @throws InputError when it is no plan for this problem */
    judge(plan: Json): Promise<Solution>;
    judgeSync(plan: Json): Solution;
    /** The problem with changes made, "ctgsched/change/1" (doc/format.md 15):
     * all of them in their order, or none. This one stays as it is. `packs` as
     * when it was read.
     * @throws InputError (`faults` has all that is against it, with the place
     *         in `changes`) */
    apply(changes: Json, options?: ReadOptions): Promise<Problem>;
    applySync(changes: Json, options?: ReadOptions): Problem;
    /** The floor plan of this problem (doc/format.md 16): a plan that people
     * were told, of a problem before its changes, less what is impossible now,
     * with places for those who must be served.
     * @throws CtgError when pins contradict each other */
    carry(plan: Solution): Promise<Solution>;
    carrySync(plan: Solution): Solution;
    /** The exact integer program of one goal for another solver.
     * @throws CtgError for a goal or format that does not exist, a plan that
     *         breaks a rule */
    export(options?: ExportOptions): Promise<Export>;
    exportSync(options?: ExportOptions): Export;
}

/** What a solve found out. */
export interface Result {
    /** "optimal": every goal asked is proven. */
    readonly verdict: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
    /** Why it stopped. */
    readonly stop: 'optimal' | 'gap' | 'work' | 'time' | 'memory' |
        'interrupted' | 'infeasible' | 'method' | 'none';
    /** Deterministic units done. */
    readonly work: number;
    /** Wall clock. */
    readonly seconds: number;
    /** The most memory that the solve took. */
    readonly peakBytes: number;
    /** Resident peak of the process, 0: unknown. */
    readonly processPeakBytes: number;
    /** Of a replan: what differs from the floor plan, weighed. */
    readonly changes: number;
    /** Of a replan: `maxChanges` lets more be missing than has to. */
    readonly isBudgetShort: boolean;
    /** Then: so many changes are needed for the least shortage. */
    readonly leastBudget: number | null;
    /** Fewer are proven not to do. */
    readonly leastBudgetBound: number | null;
}

export interface SolutionInfo {
    readonly isAccepted: boolean;
    readonly nBreaches: number;
    readonly nShortages: number;
    readonly nGoals: number;
    /** Requests served. */
    readonly nPlacements: number;
    readonly nWaiting: number;
    readonly nEnvy: number;
    readonly nCoverage: number;
    readonly nDuties: number;
    readonly status: string | null;
    readonly stop: string | null;
}

/** A goal of the plan, first goal first; in weighted mode "weighted", then its
 * parts. */
export interface Goal {
    readonly name: string;
    readonly unit: string;
    readonly sense: 'min' | 'max';
    /** In `unit`, added up again by the judge. */
    readonly value: number;
    /** Nobody can do better; as the plan states. */
    readonly bound: number | null;
    /** |bound - value| / max(1, |value|). */
    readonly gap: number | null;
    /** Of a part, else 1. */
    readonly weight: number;
    /** bound = value. */
    readonly isProven: boolean;
    /** Of a weighted goal. */
    readonly isPart: boolean;
}

/** A request that is served. */
export interface Placement {
    readonly request: string;
    readonly child: string;
    readonly option: string;
    readonly structure: string;
    /** Of the option; 1 is best. */
    readonly rank: number;
}

/** A request that waits, in the published order. */
export interface Waiting {
    readonly request: string;
    readonly child: string;
    readonly points: number;
    /** From 1. */
    readonly rank: number;
}

/** A pair of justified envy: `request` envies `envies`. */
export interface Envy {
    readonly request: string;
    readonly envies: string;
}

/** Where a rule is broken or short; what does not apply is null. */
export interface Where {
    readonly structure: string | null;
    /** Or shared quota, or the first of a merge. */
    readonly section: string | null;
    readonly need: string | null;
    readonly skill: string | null;
    readonly request: string | null;
    readonly resource: string | null;
    /** The sibling group. */
    readonly siblings: string | null;
    readonly employee: string | null;
    readonly manager: string | null;
    /** Minute of the day. */
    readonly begin: number | null;
    /** Half-open. */
    readonly end: number | null;
    readonly date: string | null;
    readonly week: string | null;
    readonly month: string | null;
}

/** A rule that the plan breaks. */
export interface Breach {
    /** First column of doc/format.md 5. */
    readonly rule: string;
    /** Of the law. */
    readonly article: string | null;
    /** One line of English. */
    readonly message: string;
    readonly where: Where;
    /** In the rule's unit, 0 where it has none. */
    readonly size: number;
}

/** What the plan is really short of (doc/format.md 5.3). */
export interface Shortage {
    /** "places", "ratio", "request", ... */
    readonly kind: string;
    readonly rule: string;
    readonly where: Where;
    readonly size: number;
}

/** What an employee does in an interval of a duty. */
export interface DutyPart {
    readonly structure: string;
    /** "children" (counts in a ratio), "break", "other". */
    readonly what: string;
    /** Minute of the day. */
    readonly begin: number;
    /** Half-open. */
    readonly end: number;
}

/** A shift worked by an employee on a date. */
export interface Duty {
    readonly employee: string;
    readonly shift: string;
    /** Of the shift; its parts may be elsewhere. */
    readonly structure: string;
    readonly date: string;
    /** Minute of the day. */
    readonly begin: number;
    /** Half-open. */
    readonly end: number;
    /** Of work: without what is not paid. */
    readonly minutes: number;
    readonly parts: readonly DutyPart[];
}

/** Presence against capacity and staff on a maximal interval with equal
 * numbers; open instants only. */
export interface Coverage {
    readonly structure: string;
    readonly date: string;
    /** Minute of the day. */
    readonly begin: number;
    /** Half-open. */
    readonly end: number;
    /** Children, heads. */
    readonly present: number;
    /** The limit then, over-capacity included. */
    readonly places: number;
    /** Staff, persons. */
    readonly required: number;
    /** Staff present that counts, persons. */
    readonly counted: number;
    /** Places left, in ordinary children. */
    readonly free: number;
    readonly binds: 'seats' | 'staff' | 'none';
}

export interface SlotQuestion {
    /** A day of the horizon. */
    date: string;
    /** Completed that day, 0..215. */
    ageMonths: number;
    /** An id; every structure when left out. */
    structure?: string | null;
    /** By the problem's age proxy when left out. */
    walks?: boolean | null;
    /** Shortest stay that is of use, 1..1440; 60 when left out. */
    leastMinutes?: number;
}

/** An interval that one more child can still book. */
export interface Slot {
    readonly structure: string;
    readonly section: string | null;
    /** Minute of the day. */
    readonly begin: number;
    /** Half-open. */
    readonly end: number;
    /** Longest stay inside, minutes. */
    readonly mostMinutes: number;
}

export interface HeadroomQuestion {
    /** An id; every structure when left out. */
    structure?: string | null;
    /** A day of the horizon; every day when left out. */
    date?: string | null;
}

/** How many more ordinary children fit at each instant of an interval. */
export interface Headroom {
    readonly structure: string;
    readonly date: string;
    readonly section: string | null;
    /** Of the ratio in force; null without a ratio. */
    readonly classId: string | null;
    /** Minute of the day. */
    readonly begin: number;
    /** Half-open. */
    readonly end: number;
    /** Children; 400 and "nothing" when more would fit. */
    readonly more: number;
    readonly binds: 'seats' | 'staff' | 'both' | 'period' | 'session' |
        'nothing';
}

/** A goal in two plans, first goal first; in weighted mode "weighted", then its
 * parts. */
export interface GoalChange {
    readonly name: string;
    readonly unit: string;
    readonly sense: 'min' | 'max';
    /** Null: the first plan was not asked for it. */
    readonly before: number | null;
    readonly after: number;
    /** Of a part, else 1. */
    readonly weight: number;
    /** Of a weighted goal. */
    readonly isPart: boolean;
}

/** A rule in the way of an option, and who counts in its row then. */
export interface Block {
    readonly breach: Breach;
    /** Requests, by id. */
    readonly holders: readonly string[];
}

/** What the plan could give to a request. */
export interface Offer {
    readonly option: string;
    readonly structure: string;
    /** Of the option; 1 is best. */
    readonly rank: number;
    /** "free": fits; "moves": fits when `other` takes `otherOption`;
     * "displaces": fits when `other` waits; "blocked". */
    readonly kind: 'free' | 'moves' | 'displaces' | 'blocked' | 'unknown';
    readonly other: string | null;
    readonly otherOption: string | null;
    /** With the offer taken; none of a blocked one. */
    readonly goals: readonly GoalChange[];
    /** As the plan is; none of a free one. */
    readonly blocks: readonly Block[];
}

export interface FillQuestion {
    /** An id; every structure when left out. */
    structure?: string | null;
    /** The first day; that of the horizon when left out. */
    first?: string | null;
    /** The last day, included; that of the horizon when left out. */
    last?: string | null;
    /** Minute of each day; 0 when left out. */
    begin?: number;
    /** Half-open; 1440 when left out. */
    end?: number;
    /** A served request that gives its place up: that is the place then. */
    freed?: string | null;
    /** The first who fits takes it, then the next, and so on: one option a
     * request. */
    inTurn?: boolean;
}

/** An option of a waiting request that fits into a free place. */
export interface Fill {
    readonly request: string;
    readonly child: string;
    readonly option: string;
    readonly structure: string;
    /** Of the request. */
    readonly points: number;
    /** In the waiting list of the plan, from 1. */
    readonly rank: number;
    /** 1 is best. */
    readonly optionRank: number;
    /** Without it and with it. */
    readonly goals: readonly GoalChange[];
}

/** Rows by table; columns have the names of doc/format.md 14. Durations and
 * times of day are minutes, rates are shares (0.875), null is an empty cell. */
export type Tables = Record<string, Record<string, string | number | null>[]>;

/** A plan with the judge's finding: every rule evaluated again, every goal
 * added up again. Never changes. Rows are read when first asked for. */
export class Solution {
    private constructor();
    readonly problem: Problem;
    /** Of the solve that made it; null if judged only. */
    readonly result: Result | null;
    get info(): SolutionInfo;
    /** No rule is broken. */
    get isAccepted(): boolean;
    /** "optimal", "gap" or "feasible" as the plan states, if it does. */
    get status(): string | null;
    /** "time", ... as the plan states, if it does. */
    get stop(): string | null;
    get goals(): readonly Goal[];
    get placements(): readonly Placement[];
    get waiting(): readonly Waiting[];
    get breaches(): readonly Breach[];
    get shortages(): readonly Shortage[];
    get envy(): readonly Envy[];
    get duties(): readonly Duty[];
    get coverage(): readonly Coverage[];
    /** The goal of that name, if the problem has it. */
    goal(name: string): Goal | undefined;
    /** The plan as JSON, as it was made: the same bytes as the command line
     * writes, on every machine. */
    get text(): string;
    /** The plan as JSON, with goals, shortages, waiting list, envy and coverage
     * as the judge found them. */
    get completeText(): string;
    /** `text` as a new object. */
    toJSON(): any;
    /** What one more child without needs can still book on a day, by
     * structure, section, begin.
     * @throws CtgError when the plan breaks rules (E-BASE), for a date outside
     *         the horizon, an unknown structure or a number out of its range
     *         (E-SLOT) */
    slots(asked: SlotQuestion): Promise<Slot[]>;
    slotsSync(asked: SlotQuestion): Slot[];
    /** How many more ordinary children fit, and what refuses one more, by
     * structure, date, section, class, begin.
     * @throws as `slots` */
    headroom(asked?: HeadroomQuestion): Promise<Headroom[]>;
    headroomSync(asked?: HeadroomQuestion): Headroom[];
    /** What the plan could give to a request, without a solve: every option but
     * the one that it has, by kind, then best goals, then rank (doc/format.md
     * 13.1). `searched` (8, 0..500): for so many options that do not fit, who
     * could make room.
     * @throws as `slots` */
    offers(request: string, options?: { searched?: number }): Promise<Offer[]>;
    offersSync(request: string, options?: { searched?: number }): Offer[];
    /** Who of the waiting list can take a free place, in its published order,
     * with each option that fits (doc/format.md 13.1).
     * @throws as `slots` */
    fill(place?: FillQuestion): Promise<Fill[]>;
    fillSync(place?: FillQuestion): Fill[];
    /** The tables of a report (doc/format.md 14). Any plan has them. */
    tables(): Promise<Tables>;
    tablesSync(): Tables;
}

/** Limits of a solve; without any it runs until every goal is proven. Numbers,
 * or text as on the command line; `optionTable` has bounds and defaults. */
export interface Options {
    /** Stop a goal at this relative gap, 0..1. */
    gap?: number | string;
    /** Seconds of wall clock from the call, or "90s", "5min"; the plan then
     * depends on the machine; 0: none. */
    timeLimit?: number | string;
    /** Units of work, or "200k", "3M"; the same number gives the same plan on
     * every machine; 0: none. */
    workLimit?: number | bigint | string;
    /** Bytes that the solve may take, or "256M", "2G"; 0: none. */
    memoryLimit?: number | bigint | string;
    /** 1 or 2; the plan does not depend on it. */
    threads?: number | string;
    /** Ask for a proof of the last goal, tie, too. */
    proveTies?: boolean | string;
    /** Of a replan: the most that families and agents disturbed may weigh
     * together; -1: no bound. */
    maxChanges?: number | string;
    /** "joint": children and duties at once; "children" or "agents": one side,
     * the other as in the base plan; "children-then-agents": one after the
     * other, without a bound. */
    decide?: 'joint' | 'children' | 'agents' | 'children-then-agents';
}

/** What happens in a solve. More kinds may come: leave those alone that you do
 * not know. */
export interface Event {
    /** "phase" (`text` names what begins), "incumbent" (a better judged plan),
     * "bound" (a better bound). */
    readonly kind: 'phase' | 'incumbent' | 'bound' | 'unknown';
    /** Position of the goal; null: none. */
    readonly goal: number | null;
    readonly goalName: string | null;
    readonly text: string | null;
    /** Of that goal. */
    readonly value: number | null;
    /** Of that goal. */
    readonly bound: number | null;
    /** Deterministic units so far. */
    readonly work: number;
    /** Since the solve began. */
    readonly seconds: number;
}

export interface Stopping {
    /** Its abort ends the solve, and its reason is the rejection. To keep the
     * best plan, cancel instead. */
    signal?: AbortSignal;
}

export interface Starting {
    /** A plan of this problem to start from: the answer is never worse. */
    base?: Solution | null;
}

export interface Listening {
    /** Told of each event, on JavaScript's thread. `true` ends the solve with
     * its best plan; what it throws is the rejection. */
    onEvent?: (event: Event) => unknown;
}

/** A solve at work: an async iterator of events. Leaving the loop leaves the
 * solve at work; another loop goes on where it was left.
 *
 *     const run = solver.start(problem);
 *     for await (const event of run)
 *         if (event.kind === 'incumbent' && event.seconds > 5)
 *             run.cancel();
 *     const plan = await run.result();
 */
export class Run implements AsyncIterable<Event> {
    private constructor();
    [Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined>;
    /** Makes the solve end soon with its best plan; false when it was over. */
    cancel(): boolean;
    get isOver(): boolean;
    /** The best plan.
     * @throws InfeasibleError, NoPlanError, CtgError (`base` breaks a rule or
     *         is of another problem), the reason of the signal */
    result(): Promise<Solution>;
}

/** Solves with the same options again and again. Any number at the same time:
 * each solve has a thread of its own. */
export class Solver {
    /** @throws CtgError (E-OPTION) for an option that does not exist, is
     *         malformed or out of its bounds */
    constructor(options?: Options);
    /** The best plan within the limits, accepted by the judge.
     * @throws as Run.result */
    solve(problem: Problem, options?: Starting & Stopping & Listening):
        Promise<Solution>;
    /** Plans anew from a plan that people were told (doc/format.md 16): never
     * worse than its floor plan (`Problem.carry`), and with at most
     * `maxChanges` of it changed; `result` says how much was. `problem` is the
     * changed one, of `Problem.apply`.
     * @throws as Run.result; CtgError when `decide` is not joint */
    replan(problem: Problem, plan: Solution, options?: Stopping & Listening):
        Promise<Solution>;
    /** Begins a solve and returns at once. */
    start(problem: Problem, options?: Starting & Stopping): Run;
    /** Begins a replan and returns at once. */
    startReplan(problem: Problem, plan: Solution, options?: Stopping): Run;
}

/** One row of the library's table: texts as the command line shows them. */
export interface OptionInfo {
    /** "time_limit", which is `timeLimit` here. */
    readonly name: string;
    readonly default: string;
    readonly low: string;
    readonly high: string;
    readonly unit: string;
    readonly help: string;
    readonly type: 'real' | 'duration' | 'count' | 'bytes' | 'flag' | 'choice';
}

/** As Problem.lint, for the text of a rule pack. */
export function lintRules(source: Json): Promise<Lint>;
export function lintRulesSync(source: Json): Lint;
/** Names, defaults, bounds and meanings of all options. */
export function optionTable(): OptionInfo[];
/** Seconds of wall clock since this process started; monotonic. */
export function processSeconds(): number;
/** The embedded rule packs: id to JSON text, by id. */
export function rulePacks(): Record<string, string>;
/** What a status (`CtgError.status`) means, for people. */
export function statusText(status: number): string;
/** The library's, for example "0.1.0". */
export const version: string;
