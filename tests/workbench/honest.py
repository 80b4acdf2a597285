"""Statements of somebody who analyses the data, by what they use."""

HONEST: dict[str, tuple[str, ...]] = {
    "plain": (
        "SELECT * FROM partner_country ORDER BY sequence",
        "FROM project",
        "FROM project SELECT project_id, title_en WHERE iso3 = 'MNG' LIMIT 5",
        "SELECT count(*) FROM project;",
        "TABLE sector",
        "VALUES (1, 'a'), (2, 'b')",
        "select PROJECT_ID from Project where ISO3 = 'IDN' order by 1 limit 3",
        "SELECT * FROM main.project LIMIT 1",
        "-- how many\nSELECT count(*) /* all */ AS n FROM issuance -- done",
        "SELECT DISTINCT ON (iso3) iso3, title_en FROM project ORDER BY iso3, project_id",
        "SELECT project_id AS \"案件\", title_ja AS 名称 FROM project WHERE title_ja LIKE '%太陽光%' LIMIT 5",
        "DESCRIBE reduction",
        "SUMMARIZE issuance",
        "SHOW TABLES",
        "SHOW project",
        "SELECT column_name FROM (DESCRIBE project)",
        "SELECT 1 + 1 AS two, 'copy; drop table x' AS text, 'attach' AS load",
        "FROM history.project_state WHERE project_id = 'MN003' ORDER BY known_on",
        "SELECT table_name, count(*) FROM record.column_meaning GROUP BY ALL ORDER BY ALL",
        "DESCRIBE history.expected",
        "SHOW TABLES FROM history",
        "SELECT rung, sum(tco2_low) FROM reduction_as_of(DATE '2023-03-31') GROUP BY ALL ORDER BY ALL",
        "FROM main.ladder_as_of(DATE '2023-03-31', until_fiscal_year := 2040) ORDER BY place",
        "SELECT rung, count(*) FROM history.rung_tonnes_as_of(DATE '2023-03-31') GROUP BY ALL",
        "FROM PROJECT_AS_OF((SELECT max(data_as_of_on) FROM record.build)) LIMIT 3",
        "SELECT current_date AS today, now() > TIMESTAMP '2020-01-01' AS later",
    ),
    "groups": (
        "SELECT iso3, count(*) AS n FROM project GROUP BY iso3 HAVING count(*) > 5 ORDER BY ALL",
        "SELECT iso3, programme, count(*) FROM project GROUP BY GROUPING SETS ((iso3), (programme), ())",
        (
            "SELECT iso3, sector_number, count(*), grouping_id(iso3, sector_number) FROM project "
            "GROUP BY ROLLUP (iso3, sector_number)"
        ),
        "SELECT funding, stage, count(*) FROM project GROUP BY CUBE (funding, stage)",
        "SELECT rung, sum(tco2_low) FILTER (WHERE fiscal_year <= 2030) AS t FROM reduction GROUP BY ALL",
        "SELECT iso3, median(annual_tco2), quantile_cont(annual_tco2, [0.25, 0.75]) FROM project GROUP BY 1",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY annual_tco2) AS middle FROM project",
        "SELECT mode(technology), arg_max(title_en, annual_tco2), any_value(iso3) FROM project",
        "SELECT iso3, string_agg(project_id, ', ' ORDER BY project_id) AS ids FROM project GROUP BY iso3",
        "SELECT technology, approx_count_distinct(iso3), stddev_samp(annual_tco2) FROM project GROUP BY 1",
        "SELECT corr(est_annual_tco2, est_total_tco2), regr_slope(est_total_tco2, est_annual_tco2) FROM history.project",
    ),
    "windows": (
        (
            "SELECT iso3, fiscal_year, sum(sum(tco2_low)) OVER (PARTITION BY iso3 ORDER BY fiscal_year) AS running "
            "FROM reduction WHERE rung = 'notified' GROUP BY iso3, fiscal_year ORDER BY ALL"
        ),
        "SELECT project_id, rank() OVER (ORDER BY annual_tco2 DESC NULLS LAST) AS place FROM project",
        "SELECT iso3, project_id FROM project QUALIFY row_number() OVER (PARTITION BY iso3 ORDER BY project_id) = 1",
        (
            "SELECT decided_on, avg(tco2_low) OVER w AS mean FROM issuance WINDOW w AS "
            "(ORDER BY decided_on RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND CURRENT ROW)"
        ),
        (
            "SELECT lag(tco2_low, 1, 0) OVER (ORDER BY issuance_id), first_value(iso3) OVER (ORDER BY issuance_id), "
            "ntile(4) OVER (ORDER BY tco2_low) FROM issuance"
        ),
        (
            "SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) "
            "FROM range(10) AS t(x)"
        ),
        "SELECT percent_rank() OVER (ORDER BY annual_tco2), cume_dist() OVER (ORDER BY iso3) FROM project",
    ),
    "joins and sets": (
        (
            "SELECT p.name_en, count(j.project_id) FROM partner_country AS p LEFT JOIN project AS j USING (iso3) "
            "GROUP BY ALL ORDER BY 2 DESC, 1"
        ),
        "SELECT * FROM project SEMI JOIN issuance USING (project_id)",
        "SELECT iso3 FROM partner_country ANTI JOIN project USING (iso3)",
        "SELECT i.issuance_id, t.fiscal_year FROM issuance AS i ASOF JOIN target AS t ON i.decided_on >= t.known_on",
        (
            "SELECT p.iso3, l.project_id FROM partner_country AS p, LATERAL "
            "(SELECT project_id FROM project AS j WHERE j.iso3 = p.iso3 ORDER BY 1 LIMIT 2) AS l"
        ),
        "SELECT iso3 FROM project INTERSECT SELECT iso3 FROM issuance ORDER BY 1",
        "SELECT iso3 FROM partner_country EXCEPT SELECT iso3 FROM project",
        "SELECT iso3 AS a FROM project UNION ALL BY NAME SELECT iso3 AS a, 1 AS b FROM issuance",
        "SELECT a.x, b.y FROM (VALUES (1), (2)) AS a(x) POSITIONAL JOIN (VALUES ('a'), ('b')) AS b(y)",
        (
            "SELECT * FROM project WHERE iso3 IN (SELECT iso3 FROM issuance) AND EXISTS "
            "(FROM issuance AS i WHERE i.project_id = project.project_id)"
        ),
        "SELECT iso3, (SELECT max(tco2_low) FROM issuance AS i WHERE i.iso3 = p.iso3) FROM partner_country AS p",
        "SELECT count(*) FROM reduction TABLESAMPLE RESERVOIR(100) REPEATABLE (7)",
    ),
    "with": (
        (
            "WITH a AS (SELECT iso3, count(*) AS n FROM project GROUP BY 1), b AS MATERIALIZED (FROM a WHERE n > 3) "
            "SELECT * FROM b ORDER BY n DESC, iso3"
        ),
        "WITH project AS (SELECT * FROM project WHERE iso3 = 'THA') SELECT count(*) FROM project",
        (
            "WITH RECURSIVE days AS (SELECT DATE '2026-01-01' AS d UNION ALL SELECT d + 1 FROM days "
            "WHERE d < DATE '2026-12-31') SELECT month(d) AS m, count(*) FROM days GROUP BY 1 ORDER BY 1"
        ),
        "WITH RECURSIVE fib(n, a, b) AS (SELECT 1, 0, 1 UNION ALL SELECT n + 1, b, a + b FROM fib WHERE n < 20) FROM fib",
        (
            "WITH RECURSIVE t(k, v) USING KEY (k) AS (SELECT 1, 1 UNION SELECT t.k, t.v * 2 FROM t "
            "JOIN recurring.t AS r ON r.k = t.k WHERE t.v < 100) SELECT * FROM t"
        ),
        "SELECT * FROM (WITH x AS (SELECT 1 AS n) SELECT n FROM x)",
    ),
    "pivots": (
        "PIVOT reduction ON rung USING sum(tco2_low) GROUP BY iso3 ORDER BY iso3",
        "PIVOT reduction ON rung IN ('notified', 'registered') USING sum(tco2_low) AS t, count(*) AS n GROUP BY fiscal_year",
        "PIVOT (SELECT * FROM project WHERE iso3 IN ('IDN', 'THA')) ON stage, funding USING count(*)",
        "PIVOT project ON iso3 || '-' || coalesce(funding, 'unknown') USING count(*) GROUP BY stage",
        "WITH p AS (PIVOT reduction ON rung USING sum(tco2_low) GROUP BY iso3) SELECT iso3, notified FROM p ORDER BY 1",
        "SELECT * FROM (PIVOT project ON stage USING count(*) GROUP BY iso3) AS p JOIN partner_country AS c USING (iso3)",
        "SELECT * FROM reduction PIVOT (sum(tco2_low) FOR rung IN ('notified', 'registered') GROUP BY iso3)",
        (
            "UNPIVOT (SELECT project_id, annual_tco2, annual_not_counted_tco2 FROM project) "
            "ON annual_tco2, annual_not_counted_tco2 INTO NAME field VALUE tco2"
        ),
        "SELECT * FROM issuance UNPIVOT (tco2 FOR side IN (japan_stated_tco2, partner_stated_tco2))",
        "PIVOT reduction ON fiscal_year USING sum(tco2_low) GROUP BY iso3, rung LIMIT 20 -- by year",
    ),
    "lists, structs and JSON": (
        "SELECT iso3, list(project_id ORDER BY project_id)[1:3] AS first_three FROM project GROUP BY 1",
        "SELECT list_transform([1, 2, 3], lambda x: x * 2) AS a, [x + 1 FOR x IN range(5) IF x % 2 = 0] AS b",
        "SELECT list_filter(list(annual_tco2), lambda x: x > 1000) FROM project",
        "SELECT s, count(*) FROM history.project, unnest(string_split(source_ids, ';')) AS u(s) GROUP BY ALL",
        "SELECT u.x, u.ordinality FROM unnest(['a', 'b']) WITH ORDINALITY AS u(x)",
        "SELECT {'iso3': iso3, 'n': count(*)} AS s, map {'a': 1, 'b': 2}['a'] AS m FROM project GROUP BY iso3",
        "SELECT s.a, s['b'] FROM (SELECT {'a': 1, 'b': 'x'} AS s)",
        "SELECT json_extract_string('{\"a\": [1, 2]}', '$.a[1]') AS v, '{\"a\": 1}'::JSON ->> '$.a' AS w",
        "SELECT to_json(p) AS j FROM (SELECT project_id, iso3 FROM project LIMIT 3) AS p",
        'SELECT key, value FROM json_each(\'{"a": 1, "b": 2}\')',
        "SELECT list_reduce([1, 2, 3], lambda a, b: a + b), list_sum([1, 2]), list_sort([3, 1]), len([1, 2])",
        "SELECT histogram(stage), map_keys(histogram(funding)) FROM project",
        "SELECT enum_range(NULL::ENUM('a', 'b')) AS e, 'a'::ENUM('a', 'b') AS x",
        "SELECT union_value(a := 1) AS u, 5::BIT AS b, INTERVAL 3 MONTH AS i, '1'::BLOB AS o, 1::UHUGEINT AS h",
    ),
    "dates and text": (
        "SELECT year(decided_on - INTERVAL 3 MONTH) AS fiscal_year, sum(tco2_low) FROM issuance GROUP BY 1 ORDER BY 1",
        "SELECT date_trunc('quarter', signed_from_on)::DATE AS q, count(*) FROM partner_country GROUP BY 1 ORDER BY 1",
        "SELECT strftime(decided_on, '%Y-%m') AS m, date_diff('day', period_start_on, period_end_on) FROM issuance",
        "SELECT generate_series(DATE '2021-04-01', DATE '2022-03-01', INTERVAL 1 MONTH) AS months",
        "SELECT * FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-02', INTERVAL 6 HOUR) AS t(moment)",
        "SELECT regexp_extract(ref_no, '([A-Z]{2})(\\d+)', 2) AS number FROM project WHERE ref_no IS NOT NULL LIMIT 5",
        "SELECT title_en FROM project WHERE title_en ILIKE '%solar%' AND title_en !~ 'roof' ORDER BY length(title_en)",
        "SELECT upper(left(title_en, 10)), replace(title_en, ' ', '_'), title_en.lower().trim() FROM project LIMIT 5",
        "SELECT format('{:,} t', tco2_low), printf('%05d', sequence) FROM issuance, partner_country LIMIT 3",
        "SELECT title_en FROM project ORDER BY jaro_winkler_similarity(title_en, 'solar power plant') DESC LIMIT 5",
        "SELECT epoch(TIMESTAMPTZ '2026-04-01 00:00:00+09'), TIMESTAMP '2026-04-01' AT TIME ZONE 'Asia/Tokyo'",
    ),
    "columns and conditions": (
        "SELECT * EXCLUDE (note, assumption_codes) REPLACE (upper(iso3) AS iso3) FROM project LIMIT 3",
        "SELECT min(COLUMNS('.*_tco2')) FROM project",
        "SELECT COLUMNS(lambda c: c LIKE '%_on') FROM project LIMIT 3",
        (
            "SELECT CASE WHEN annual_tco2 IS NULL THEN 'unknown' WHEN annual_tco2 BETWEEN 0 AND 999 THEN 'small' "
            "ELSE 'large' END AS size, count(*) FROM project GROUP BY ALL"
        ),
        "SELECT coalesce(technology, 'unstated'), nullif(funding, ''), greatest(1, 2), if(true, 1, 2) FROM project",
        "SELECT TRY_CAST(ref_no AS INTEGER), TRY(1 / 0), annual_tco2::DOUBLE / 1e6 FROM project LIMIT 3",
        "SELECT 7 // 2, 7 % 3, 2 ** 10, 1 << 4, @ -3, 5!, 0.1::DECIMAL(5, 2), 170141183460469231::HUGEINT * 10",
        (
            "SELECT iso3 FROM project WHERE (iso3, funding) IN (SELECT iso3, funding FROM project) "
            "AND funding IS NOT DISTINCT FROM 'government' OR iso3 = ANY(['IDN', 'THA'])"
        ),
        "SELECT project_id, 1 AS project_id, 2 AS project_id FROM project LIMIT 1",
        "SELECT name_ja COLLATE NOCASE FROM partner_country ORDER BY name_ja COLLATE ja",
        "SELECT iso3 FROM project WHERE iso3 IN ("
        + ", ".join(f"'{i}'" for i in range(2_000))
        + ") OR true LIMIT 1",
        "SELECT "
        + " + ".join(["annual_tco2"] * 100)
        + " AS s FROM project WHERE "
        + " OR ".join(f"iso3 = '{i}'" for i in range(500))
        + " OR true",
        "SELECT " + "(" * 40 + "1" + ")" * 40 + " AS one",
        "SELECT count(*) FROM range(20000000)",
    ),
}
