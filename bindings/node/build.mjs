// SPDX-License-Identifier: GPL-3.0-or-later
// Makes build/ctgsched.node from src/*.c with the C compiler, the headers of
// the Node that runs this, and the library that pkg-config finds:
//
//     PKG_CONFIG_PATH=build                    a build folder
//     PKG_CONFIG_PATH=PREFIX/lib/pkgconfig     a prefix of one's own
//     (nothing)                                the system's
//
// CC, CFLAGS, PKG_CONFIG and NODE_INCLUDE (the folder of node_api.h) are
// heard.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Wstrict-prototypes',
    '-Wmissing-prototypes', '-Wvla', '-Wundef', '-Wformat=2'];

function fail(message) {
    console.error(message);
    process.exit(1);
}

function words(text) {
    return text.split(/\s+/).filter(Boolean);
}

function pkgConfig(...asked) {
    const program = process.env.PKG_CONFIG ?? 'pkg-config';
    const done = spawnSync(program, [...asked, 'ctgsched'],
        { encoding: 'utf8' });
    if (done.status !== 0)
        fail(`${program} failed: ${done.error ?? done.stderr}\n` +
            'Maybe set PKG_CONFIG_PATH to the build folder of ctgsched, or ' +
            'to lib/pkgconfig of where it is installed.');
    return words(done.stdout);
}

function nodeHeaders() {
    const folder = process.env.NODE_INCLUDE ??
        resolve(process.execPath, '../../include/node');
    if (!existsSync(join(folder, 'node_api.h')))
        fail(`${folder} has no node_api.h. Maybe install the headers of this ` +
            'Node (Debian: libnode-dev), or set NODE_INCLUDE.');
    return folder;
}

const libraries = pkgConfig('--libs');
const sources = readdirSync(join(HERE, 'src'))
    .filter((name) => name.endsWith('.c')).sort()
    .map((name) => join(HERE, 'src', name));
const out = join(HERE, 'build', 'ctgsched.node');
mkdirSync(dirname(out), { recursive: true });
const command = [process.env.CC ?? 'cc', '-std=c17',
    '-D_POSIX_C_SOURCE=200809L', '-O2', '-g', ...WARNINGS, '-fPIC',
    '-fvisibility=hidden', '-pthread', ...words(process.env.CFLAGS ?? ''),
    '-isystem', nodeHeaders(), ...pkgConfig('--cflags'), ...sources,
    '-shared', '-o', out, ...libraries,
    ...libraries.filter((word) => word.startsWith('-L'))
        .map((word) => `-Wl,-rpath,${word.slice(2)}`)];
const done = spawnSync(command[0], command.slice(1), { stdio: 'inherit' });
if (done.status !== 0)
    fail(`this failed: ${command.join(' ')}`);
console.log(out);
