// SPDX-License-Identifier: GPL-3.0-or-later
/* Children against places: by instant, day and week, and beyond capacity. */
#include "base/text.h"
#include "check/report.h"

/* Who is where: the structure (NONE) or one of its sections. */
typedef struct held {
    int32_t present, places, capacity;
} held;

static held held_at(const seen *s, int32_t section) {
    if (section == NONE)
        return (held){s->present, s->limit, s->capacity};
    return (held){s->section_heads[section], s->section_places[section],
                  s->section_places[section]};
}

static bool is_same(held a, held b) {
    return a.present == b.present && a.places == b.places &&
           a.capacity == b.capacity;
}

static const char *section_id(const day_seen *on, int32_t section) {
    return section == NONE ? NULL : on->place->sections[section].id;
}

static void add_intervals(report *r, const day_seen *on, int32_t section) {
    for (int32_t i = 0, next; i < on->n; i = next) {
        const held now = held_at(&on->at[i], section);
        for (next = i + 1; next < on->n; next++)
            if (on->at[next].begin != on->at[next - 1].end ||
                !is_same(now, held_at(&on->at[next], section)))
                break;
        ADD_ROW(r, OCCUPANCY, cell_text(on->place->id),
                cell_text(r->dates[on->day]),
                cell_text(section_id(on, section)),
                cell_number(on->at[i].begin), cell_number(on->at[next - 1].end),
                cell_number(now.present), cell_number(now.places),
                cell_number(now.capacity));
    }
}

static occupancy_sum day_sum(const day_seen *on, int32_t section) {
    occupancy_sum sum = {.is_seen = on->n > 0};
    for (int32_t i = 0; i < on->n; i++) {
        const seen *const s = &on->at[i];
        const held now = held_at(s, section);
        const int64_t minutes = s->end - s->begin;
        sum.present += now.present * minutes;
        sum.capacity += now.capacity * minutes;
        sum.weight += s->weight * minutes;
    }
    return sum;
}

static void add_sums(report *r, const day_seen *on, int32_t section,
                     bool ends_week) {
    const occupancy_sum today = day_sum(on, section);
    occupancy_sum *const week = &r->week_sums[section + 1];
    if (today.is_seen)
        ADD_ROW(r, OCCUPANCY_DAY, cell_text(on->place->id),
                cell_text(r->dates[on->day]),
                cell_text(section_id(on, section)), cell_number(today.present),
                cell_number(today.capacity),
                cell_rate(today.present, today.capacity));
    week->is_seen |= today.is_seen;
    week->present += today.present;
    week->capacity += today.capacity;
    week->weight += today.weight;
    if (!ends_week)
        return;
    if (week->is_seen)
        ADD_ROW(r, OCCUPANCY_WEEK, cell_text(on->place->id),
                cell_text(r->weeks[on->day]),
                cell_text(section_id(on, section)), cell_number(week->present),
                cell_number(week->capacity),
                cell_rate(week->present, week->capacity));
    if (week->is_seen && section == NONE)
        ADD_ROW(r, OVER_CAPACITY, cell_text(on->place->id),
                cell_text(r->weeks[on->day]),
                cell_number(ceil_div(week->weight, 1000)),
                cell_number(week->capacity),
                cell_rate(week->weight, 1000 * week->capacity));
    *week = (occupancy_sum){0};
}

static int32_t excess(const seen *s) {
    const int64_t over = s->weight - 1000 * (int64_t)s->capacity;
    return over > 0 ? (int32_t)ceil_div(over, 1000) : 0;
}

static bool is_same_peak(const seen *a, const seen *b) {
    return a->end == b->begin && a->present == b->present &&
           a->capacity == b->capacity && excess(a) == excess(b);
}

static void add_peaks(report *r, const day_seen *on) {
    for (int32_t i = 0, next; i < on->n; i = next) {
        const seen *const s = &on->at[i];
        for (next = i + 1; next < on->n; next++)
            if (!is_same_peak(&on->at[next - 1], &on->at[next]))
                break;
        if (excess(s) > 0)
            ADD_ROW(r, OVER_CAPACITY_PEAKS, cell_text(on->place->id),
                    cell_text(r->dates[on->day]), cell_number(s->begin),
                    cell_number(on->at[next - 1].end), cell_number(s->present),
                    cell_number(s->capacity), cell_number(excess(s)));
    }
}

void table_occupancy(report *r, const day_seen *on) {
    const bool ends_week = report_ends_week(r, on->day);
    for (int32_t k = NONE; k < on->place->n_sections; k++) {
        add_intervals(r, on, k);
        add_sums(r, on, k, ends_week);
    }
    add_peaks(r, on);
}
