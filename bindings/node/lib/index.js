// SPDX-License-Identifier: GPL-3.0-or-later
// Children and places as an integer program: libctgsched in Node. What each
// name is, with units and errors, stands in index.d.ts.
'use strict';

const {
    CtgError, InfeasibleError, InputError, NoPlanError, native,
} = require('./native.js');
const { Problem, lintRules, lintRulesSync } = require('./problem.js');
const { Solution } = require('./solution.js');
const { Run, Solver } = require('./solver.js');

const { optionTable, processSeconds, rulePacks, statusText } = native;
const version = native.version();

module.exports = {
    CtgError,
    InfeasibleError,
    InputError,
    NoPlanError,
    Problem,
    Run,
    Solution,
    Solver,
    lintRules,
    lintRulesSync,
    optionTable,
    processSeconds,
    rulePacks,
    statusText,
    version,
};
