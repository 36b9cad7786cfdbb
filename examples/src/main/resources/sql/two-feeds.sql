-- How far from the market do trades happen? Two feeds, joined by the time of each event.
--
-- ./demo sql runs this with a server of its own. For the SQL client, or flink run with --sql,
-- start the server with ./demo server.

CREATE TEMPORARY TABLE trades (
  symbol STRING,
  price DECIMAL(18, 8),
  quantity DECIMAL(18, 8),
  ts TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
  -- Trades arrive up to half a second late.
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'websocket',
  'url' = 'ws://127.0.0.1:8765/ticks',
  'open-messages' = '{"op":"subscribe","symbols":["BTC-USD","ETH-USD","SOL-USD","XRP-USD"]}',
  'message.event-time' = '/time',
  'reconnect.initial-backoff' = '500 ms',
  'format' = 'json'
);

-- The key makes this table versioned: for each symbol it has the quote of every moment.
CREATE TEMPORARY TABLE quotes (
  symbol STRING,
  bid DECIMAL(18, 8),
  ask DECIMAL(18, 8),
  ts TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND,
  PRIMARY KEY (symbol) NOT ENFORCED
) WITH (
  'connector' = 'websocket',
  'url' = 'ws://127.0.0.1:8765/quotes',
  'open-messages' = '{"op":"subscribe","symbols":["BTC-USD","ETH-USD","SOL-USD","XRP-USD"]}',
  'message.event-time' = '/time',
  'reconnect.initial-backoff' = '500 ms',
  'format' = 'json'
);

-- Each trade with the middle between bid and ask when it happened.
CREATE TEMPORARY VIEW priced AS
SELECT t.symbol, t.ts, t.price, t.quantity, (q.bid + q.ask) / 2 AS mid
FROM trades AS t
JOIN quotes FOR SYSTEM_TIME AS OF t.ts AS q ON t.symbol = q.symbol;

-- Rows appear as they come.
SET 'sql-client.execution.result-mode' = 'tableau';
SET 'pipeline.name' = 'Two feeds';

SELECT
  DATE_FORMAT(window_start, 'HH:mm:ss') AS `window`,
  symbol,
  COUNT(*) AS trades,
  CAST(SUM(price * quantity) / SUM(quantity) AS DECIMAL(18, 5)) AS vwap,
  CAST(AVG(mid) AS DECIMAL(18, 5)) AS mid,
  CAST(AVG(ABS(price - mid) / mid) * 10000 AS DECIMAL(9, 2)) AS off_bps
FROM TABLE(TUMBLE(TABLE priced, DESCRIPTOR(ts), INTERVAL '5' SECOND))
GROUP BY window_start, window_end, symbol;
