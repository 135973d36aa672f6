"""Old tickets, as many as years bring: python -m tests.bench.history COUNT

Visits, tickets, steps and deeds of past days, spread over all lines, written by SQL. What they
point at is not looked up row by row: it was just read.
"""

import sys

import django

VISITS = """
INSERT INTO queue_visit
  (mall_id, token, code, day, door, "group", language, idempotency_key, came_at)
SELECT l.mall_id, 'lama' || n, '0000', d.day, 'kiosk', 'ordinary', 'id', 'lama-' || n,
  d.day + time '02:00'
FROM generate_series(1, %(count)s) n
JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM queue_line) l
  ON l.place = n %% (SELECT count(*) FROM queue_line),
LATERAL (SELECT CURRENT_DATE - 1 - (n / 50000)::int AS day) d
"""
TICKETS = """
INSERT INTO queue_ticket (mall_id, visit_id, line_id, service_id, day, number, label, is_priority,
  state, arrived_at, callable_after, times_called, outcome, rating_token)
SELECT v.mall_id, v.id, l.id, s.service_id, v.day,
  row_number() OVER (PARTITION BY l.id, v.day ORDER BY v.id),
  'A', false, 'done', v.came_at, 0, 1, '', ''
FROM queue_visit v JOIN queue_line l ON l.mall_id = v.mall_id
JOIN queue_lineservice s ON s.line_id = l.id WHERE v.token LIKE 'lama%%'
"""
STEPS = """
INSERT INTO queue_step (mall_id, ticket_id, verb, state, at, reason, explanation)
SELECT mall_id, id, 'take', 'waiting', arrived_at, '', '{}' FROM queue_ticket WHERE label = 'A'
"""
DEEDS = """
INSERT INTO people_deed (mall_id, verb, thing, at, by_name, detail)
SELECT mall_id, 'queue.take', 'ticket:' || id, arrived_at, 'perangkat: Kios', '{}'
FROM queue_ticket WHERE label = 'A'
"""


def main() -> None:
    """Write them."""
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        for statement in (VISITS, TICKETS, STEPS, DEEDS):
            cursor.execute(statement, {"count": int(sys.argv[1])})


if __name__ == "__main__":
    main()
