-- A take as one statement over the product's own tables: visit, number of the day, ticket,
-- step, audit. What the front writes for one visitor, without a server in between.
\set n random(0, :lines - 1)
\set a random(1, 2000000000)
\set b random(1, 2000000000)
WITH v AS (
  INSERT INTO queue_visit (mall_id, token, code, day, door, "group", language, idempotency_key, came_at)
  VALUES (CAST(:mall0 AS bigint) + CAST(:n AS bigint), concat('p', CAST(:a AS text), '-', CAST(:b AS text)), '0000', (now() AT TIME ZONE 'Asia/Makassar')::date, 'kiosk', 'ordinary', 'id', concat('k', CAST(:a AS text), '-', CAST(:b AS text)), now())
  ON CONFLICT (mall_id, idempotency_key) DO NOTHING RETURNING id, mall_id, day, came_at),
c AS (
  UPDATE queue_lineday d SET last_number = d.last_number + 1 FROM v
  WHERE d.line_id = CAST(:line0 AS bigint) + CAST(:n AS bigint) AND d.day = v.day
  RETURNING d.line_id, d.last_number),
t AS (
  INSERT INTO queue_ticket (mall_id, visit_id, line_id, service_id, day, number, label, is_priority, state, arrived_at, callable_after, times_called, outcome, rating_token)
  SELECT v.mall_id, v.id, c.line_id, CAST(:service0 AS bigint) + CAST(:n AS bigint), v.day, c.last_number, 'A' || c.last_number, false, 'waiting', v.came_at, 0, 0, '', ''
  FROM v, c RETURNING id, mall_id, label, arrived_at),
s AS (
  INSERT INTO queue_step (mall_id, ticket_id, verb, state, at, reason, explanation)
  SELECT mall_id, id, 'take', 'waiting', arrived_at, '', '{}' FROM t),
e AS (
  INSERT INTO people_deed (mall_id, verb, thing, at, by_name, detail)
  SELECT mall_id, 'queue.take', 'ticket:' || id, arrived_at, 'perangkat: Kios', jsonb_build_object('label', label) FROM t)
SELECT id, label FROM t;
