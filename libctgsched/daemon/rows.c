// SPDX-License-Identifier: GPL-3.0-or-later
/* What the library answers, as JSON in the names of doc/format.md. */
#include <stdio.h>
#include <string.h>

#include "daemon/engine.h"

static ctg_status find_slots(ctg_slots **out, const plan_box *of,
                             const slot_ask *asked, ctg_error *err) {
    ctg_slot_question question = CTG_SLOT_QUESTION_INIT;
    question.date = asked->date;
    question.structure = asked->structure;
    question.age_months = asked->age_months;
    question.walks = asked->walks;
    question.least_minutes = asked->least_minutes;
    return ctg_solution_slots(out, of->plan, &question, err);
}

ctg_status engine_slots(buffer *rows, const plan_box *of, const slot_ask *asked,
                        ctg_error *err) {
    ctg_slots *slots = NULL;
    ctg_slot row;
    const ctg_status status = find_slots(&slots, of, asked, err);
    for (int32_t i = 0; status == CTG_OK && ctg_slots_at(&row, slots, i); i++) {
        emit_object(rows, NULL);
        emit_text(rows, "structure", row.structure);
        emit_text_if(rows, "section", row.section);
        emit_text(rows, "date", asked->date);
        emit_minute(rows, "begin", row.begin);
        emit_minute(rows, "end", row.end);
        emit_int(rows, "most_minutes", row.most_minutes);
        emit_end(rows, '}');
    }
    ctg_slots_free(slots);
    return status;
}

bool engine_has_slot(const plan_box *of, const slot_ask *asked,
                     const char *section, int32_t begin, int32_t end,
                     ctg_error *err) {
    ctg_slots *slots = NULL;
    ctg_slot row;
    bool is_there = false;
    if (find_slots(&slots, of, asked, err) != CTG_OK)
        return false;
    for (int32_t i = 0; !is_there && ctg_slots_at(&row, slots, i); i++)
        is_there =
            row.begin <= begin && end <= row.end &&
            end - begin <= row.most_minutes &&
            (!section || (row.section && strcmp(section, row.section) == 0));
    ctg_slots_free(slots);
    return is_there;
}

ctg_status engine_headroom(buffer *rows, const plan_box *of,
                           const char *structure, const char *date,
                           ctg_error *err) {
    static const char *const binds[] = {"seats",  "staff",   "both",
                                        "period", "session", "nothing"};
    ctg_headroom *found = NULL;
    ctg_headroom_row row;
    const ctg_status status =
        ctg_solution_headroom(&found, of->plan, structure, date, err);
    for (int32_t i = 0; status == CTG_OK && ctg_headroom_at(&row, found, i);
         i++) {
        emit_object(rows, NULL);
        emit_text(rows, "structure", row.structure);
        emit_text(rows, "date", row.date);
        emit_text_if(rows, "section", row.section);
        emit_text_if(rows, "class", row.class_id);
        emit_minute(rows, "begin", row.begin);
        emit_minute(rows, "end", row.end);
        emit_int(rows, "more", row.more);
        emit_text(rows, "binds",
                  binds[row.binds >= 0 && row.binds <= CTG_BINDS_NOTHING
                            ? row.binds
                            : CTG_BINDS_NOTHING]);
        emit_end(rows, '}');
    }
    ctg_headroom_free(found);
    return status;
}

static void put_rate(buffer *to, const char *key, int64_t value) {
    char text[32];
    const int n =
        snprintf(text, sizeof text, "%s%lld.%04d", value < 0 ? "-" : "",
                 (long long)(value < 0 ? -value : value) / 10000,
                 (int)((value < 0 ? -value : value) % 10000));
    emit_raw(to, key, text, (size_t)n);
}

static void put_cell(buffer *to, const ctg_column *column,
                     const ctg_cell *cell) {
    if (cell->is_empty)
        emit_raw(to, column->name, "null", 4);
    else if (column->unit == CTG_UNIT_TEXT)
        emit_text(to, column->name, cell->text);
    else if (column->unit == CTG_UNIT_TIME)
        emit_minute(to, column->name, (int32_t)cell->value);
    else if (column->unit == CTG_UNIT_RATE)
        put_rate(to, column->name, cell->value);
    else
        emit_int(to, column->name, cell->value);
}

static void put_table(buffer *to, const ctg_tables *tables, int32_t t,
                      const ctg_table *table) {
    ctg_column column;
    ctg_cell cell;
    emit_array(to, table->name);
    for (int32_t r = 0; r < table->n_rows; r++) {
        emit_object(to, NULL);
        for (int32_t c = 0; ctg_tables_column(&column, tables, t, c) &&
                            ctg_tables_cell(&cell, tables, t, r, c);
             c++)
            put_cell(to, &column, &cell);
        emit_end(to, '}');
    }
    emit_end(to, ']');
}

ctg_status engine_report(buffer *to, const plan_box *of, ctg_error *err) {
    ctg_tables *tables = NULL;
    ctg_table table;
    const ctg_status status = ctg_solution_tables(&tables, of->plan, err);
    if (status != CTG_OK)
        return status;
    emit_object(to, NULL);
    for (int32_t t = 0; ctg_tables_at(&table, tables, t); t++)
        put_table(to, tables, t, &table);
    emit_end(to, '}');
    ctg_tables_free(tables);
    return CTG_OK;
}

void engine_about(buffer *to, const plan_box *of) {
    ctg_solution_info about = {0};
    ctg_goal goal;
    ctg_solution_about(&about, of->plan);
    emit_bool(to, "is_accepted", about.is_accepted != 0);
    emit_int(to, "placements", about.n_placements);
    emit_int(to, "waiting", about.n_waiting);
    emit_int(to, "shortages", about.n_shortages);
    emit_array(to, "goals");
    for (int32_t i = 0; ctg_solution_goal(&goal, of->plan, i); i++) {
        emit_object(to, NULL);
        emit_text(to, "name", goal.name);
        emit_int(to, "value", goal.value);
        if (goal.has_bound)
            emit_int(to, "bound", goal.bound);
        emit_end(to, '}');
    }
    emit_end(to, ']');
}
