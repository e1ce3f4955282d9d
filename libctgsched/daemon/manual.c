// SPDX-License-Identifier: GPL-3.0-or-later
/* The manual page, from the same table as --help. */
#include "daemon/settings.h"

/* Text for roff: a hyphen that is one on a keyboard is "\-". */
static void put_roff(FILE *to, const char *text) {
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", to);
        else if (*text == '\\')
            fputs("\\e", to);
        else
            fputc(*text, to);
    }
}

static const char head[] =
    ".TH CTGSCHEDD 8 \"\" \"ctgsched\" \"System Administration\"\n"
    ".SH NAME\nctgschedd \\- plans the places of communes over HTTP\n"
    ".SH SYNOPSIS\n.B ctgschedd\n[\\fB\\-\\-config\\fR \\fIFILE\\fR] "
    "[\\fIOPTION\\fR]...\n.br\n.B ctgschedd \\-\\-check\\-state\n"
    "[\\fIOPTION\\fR]...\n.br\n.B ctgschedd \\-\\-show\\-config\n"
    "[\\fIOPTION\\fR]...\n"
    ".SH DESCRIPTION\nKeeps the problem, the plan and the holds of many "
    "communes, takes what happens as events, answers each once it is durable, "
    "and plans anew: first a quick repair, published as provisional, then "
    "better. The journal of a commune only grows and is chained by hashes. "
    "Everything but \\fB/livez\\fR needs a token. \\fB/openapi.json\\fR "
    "describes the requests. TLS and the public are for a reverse proxy.\n"
    ".TP\n.B \\-\\-check\\-state\nRead the whole state, name each record that "
    "is not what was written, and exit 1 when there is one.\n"
    ".TP\n.B \\-\\-replay\\-state\nMake every plan again that was limited by "
    "work, from the first record on, name each that comes out otherwise, and "
    "exit 1 when there is one.\n"
    ".TP\n.B \\-\\-show\\-config\nPrint each setting and where it came from: "
    "default, file and line, environment, command line; the later wins.\n"
    ".TP\n.BI \\-\\-config \" FILE\"\nRead settings, `name = value`, a line "
    "each; # begins a comment line.\n"
    ".SH OPTIONS\n";

static const char rest[] =
    ".SH SIGNALS\n.TP\n.B SIGTERM, SIGINT\nStop within two seconds; the best "
    "plans so far are kept.\n.TP\n.B SIGHUP\nRead the tokens again.\n"
    ".SH \"EXIT STATUS\"\n.TP\n.B 0\nStopped as asked; the state is whole.\n"
    ".TP\n.B 1\nThe state is damaged or cannot be used.\n"
    ".TP\n.B 2\nUsage, or a file that cannot be read.\n"
    ".TP\n.B 8\nAnother process holds the state.\n"
    ".SH ENVIRONMENT\n.TP\n.B CTGSCHEDD_OPTION\nA setting: "
    "CTGSCHEDD_BODY_LIMIT for \\-\\-body\\-limit.\n"
    ".TP\n.B LISTEN_FDS, NOTIFY_SOCKET, STATE_DIRECTORY\nOf systemd.\n"
    ".SH \"SEE ALSO\"\n.BR ctgsched (1)\n";

void settings_manual(FILE *to) {
    const setting_row *row;
    fputs(head, to);
    for (int32_t i = 0; (row = setting_about(i)); i++) {
        fputs(".TP\n.BI \\-\\-", to);
        put_roff(to, row->name);
        fprintf(to, " \" %s\"\n", row->place);
        put_roff(to, row->help);
        fputs(" Default: ", to);
        put_roff(to, row->initial[0] ? row->initial : "none");
        fputs(".\n", to);
    }
    fputs(rest, to);
}
