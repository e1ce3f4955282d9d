// SPDX-License-Identifier: GPL-3.0-or-later
// Judged plans.
'use strict';

const { AT, native } = require('./native.js');
const { day, int32, word } = require('./text.js');

class Solution {
    #rows = new Map();

    constructor(at, problem, result = null) {
        this[AT] = at;
        this.problem = problem;
        this.result = result;
    }

    #listed(name) {
        if (!this.#rows.has(name))
            this.#rows.set(name, native.solutionRows(this[AT], name));
        return this.#rows.get(name);
    }

    get info() {
        return native.solutionInfo(this[AT]);
    }

    get isAccepted() {
        return this.info.isAccepted;
    }

    get status() {
        return this.info.status;
    }

    get stop() {
        return this.info.stop;
    }

    get goals() {
        return this.#listed('goals');
    }

    get placements() {
        return this.#listed('placements');
    }

    get waiting() {
        return this.#listed('waiting');
    }

    get breaches() {
        return this.#listed('breaches');
    }

    get shortages() {
        return this.#listed('shortages');
    }

    get envy() {
        return this.#listed('envy');
    }

    get duties() {
        return this.#listed('duties');
    }

    get coverage() {
        return this.#listed('coverage');
    }

    goal(name) {
        return this.goals.find((one) => one.name === name);
    }

    get text() {
        return native.solutionText(this[AT], false);
    }

    get completeText() {
        return native.solutionText(this[AT], true);
    }

    toJSON() {
        return JSON.parse(this.text);
    }

    async slots(asked) {
        return native.slots(...this.#slotsAsked(asked));
    }

    slotsSync(asked) {
        return native.slotsSync(...this.#slotsAsked(asked));
    }

    #slotsAsked({ date, ageMonths, structure, walks, leastMinutes = 60 }) {
        return [this[AT], day(date, 'date') ?? '', word(structure, 'structure'),
            int32(ageMonths, 'ageMonths'),
            walks === undefined || walks === null ? -1 : Number(Boolean(walks)),
            int32(leastMinutes, 'leastMinutes')];
    }

    async headroom(asked) {
        return native.headroom(...this.#headroomAsked(asked));
    }

    headroomSync(asked) {
        return native.headroomSync(...this.#headroomAsked(asked));
    }

    #headroomAsked({ structure, date } = {}) {
        return [this[AT], day(date, 'date'), word(structure, 'structure')];
    }

    async offers(request, options) {
        return native.offers(...this.#offersAsked(request, options));
    }

    offersSync(request, options) {
        return native.offersSync(...this.#offersAsked(request, options));
    }

    #offersAsked(request, { searched = 8 } = {}) {
        return [this[AT], word(request, 'request') ?? '',
            int32(searched, 'searched')];
    }

    async fill(place) {
        return native.fill(...this.#fillAsked(place));
    }

    fillSync(place) {
        return native.fillSync(...this.#fillAsked(place));
    }

    #fillAsked({ structure, first, last, begin = 0, end = 1440, freed,
        inTurn = false } = {}) {
        return [this[AT], word(structure, 'structure'), day(first, 'first'),
            day(last, 'last'), word(freed, 'freed'), int32(begin, 'begin'),
            int32(end, 'end'), Number(Boolean(inTurn))];
    }

    async tables() {
        return native.tables(this[AT]);
    }

    tablesSync() {
        return native.tablesSync(this[AT]);
    }
}

module.exports = { Solution };
