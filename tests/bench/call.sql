-- A visit at a desk as three statements over the product's own tables: called (with the line's
-- turns and the call to be spoken), served, ended. Each client has desks of its own.
\set n random(0, :lines / 8 - 1) * 8 + :client_id
WITH d AS (
  SELECT id FROM queue_lineday
  WHERE line_id = CAST(:line0 AS bigint) + CAST(:n AS bigint) AND day = (now() AT TIME ZONE 'Asia/Makassar')::date FOR UPDATE),
h AS (
  SELECT t.id FROM queue_ticket t, d
  WHERE t.line_id = CAST(:line0 AS bigint) + CAST(:n AS bigint) AND t.day = (now() AT TIME ZONE 'Asia/Makassar')::date AND t.state = 'waiting'
  ORDER BY t.arrived_at, t.id LIMIT 1),
u AS (
  UPDATE queue_ticket t SET state = 'called', counter_id = CAST(:counter0 AS bigint) + CAST(:n AS bigint), times_called = 1
  FROM h WHERE t.id = h.id RETURNING t.id, t.mall_id, t.label, t.counter_id),
l AS (
  UPDATE queue_lineday SET calls = calls + 1, streaks = jsonb_build_object('A', jsonb_build_array(0, calls + 1))
  FROM d WHERE queue_lineday.id = d.id),
s AS (
  INSERT INTO queue_step (mall_id, ticket_id, verb, state, at, counter_id, by_id, reason, explanation)
  SELECT mall_id, id, 'call', 'called', now(), counter_id, CAST(:user0 AS bigint) + CAST(:n AS bigint), '', '{"reason": "first_in_line"}' FROM u),
e AS (
  INSERT INTO people_deed (mall_id, verb, thing, at, by_id, by_name, detail)
  SELECT mall_id, 'queue.call', 'ticket:' || id, now(), CAST(:user0 AS bigint) + CAST(:n AS bigint), 'Petugas', jsonb_build_object('label', label) FROM u),
z AS (
  UPDATE queue_zonevoice SET last_sequence = last_sequence + 1 FROM u
  WHERE zone_id = CAST(:zone0 AS bigint) + CAST(:n AS bigint) RETURNING zone_id, last_sequence),
c AS (
  INSERT INTO queue_call (mall_id, zone_id, sequence, ticket_id, counter_id, times, at, speech)
  SELECT u.mall_id, z.zone_id, z.last_sequence, u.id, u.counter_id, 1, now(), 'waiting' FROM u, z)
SELECT id AS ticket FROM u \gset
WITH u AS (
  UPDATE queue_ticket SET state = 'serving' WHERE id = CAST(:ticket AS bigint) AND state = 'called'
  RETURNING id, mall_id, label, counter_id),
s AS (
  INSERT INTO queue_step (mall_id, ticket_id, verb, state, at, counter_id, by_id, reason, explanation)
  SELECT mall_id, id, 'start', 'serving', now(), counter_id, CAST(:user0 AS bigint) + CAST(:n AS bigint), '', '{}' FROM u)
INSERT INTO people_deed (mall_id, verb, thing, at, by_id, by_name, detail)
SELECT mall_id, 'queue.start', 'ticket:' || id, now(), CAST(:user0 AS bigint) + CAST(:n AS bigint), 'Petugas', jsonb_build_object('label', label) FROM u;
WITH u AS (
  UPDATE queue_ticket SET state = 'done', outcome = 'served', rating_token = 'nilai-' || id
  WHERE id = CAST(:ticket AS bigint) AND state = 'serving'
  RETURNING id, mall_id, label, counter_id, rating_token, service_id, day),
s AS (
  INSERT INTO queue_step (mall_id, ticket_id, verb, state, at, counter_id, by_id, reason, explanation)
  SELECT mall_id, id, 'finish', 'done', now(), counter_id, CAST(:user0 AS bigint) + CAST(:n AS bigint), 'served', '{}' FROM u),
i AS (
  INSERT INTO survey_invitation (mall_id, token, service_id, day, is_used)
  SELECT mall_id, rating_token, service_id, day, false FROM u)
INSERT INTO people_deed (mall_id, verb, thing, at, by_id, by_name, detail)
SELECT mall_id, 'queue.finish', 'ticket:' || id, now(), CAST(:user0 AS bigint) + CAST(:n AS bigint), 'Petugas', jsonb_build_object('label', label) FROM u;
