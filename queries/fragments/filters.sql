-- param: countries VARCHAR[] = null | ISO 3166-1 alpha-3 codes; null for all | ISO 3166-1 alpha-3 コード。null はすべて
-- choices: countries = @country
-- param: sectors INTEGER[] = null | sectoral scopes, 0 for none stated; null for all | セクトラルスコープ番号。0 は記載なし、null はすべて
-- choices: sectors = @sector
-- param: technologies VARCHAR[] = null | technologies, unstated for several; null for all | 技術。unstated は複数、null はすべて
-- choices: technologies = @technology
-- param: programmes VARCHAR[] = null | programmes, unstated for none; null for all | 支援事業。unstated は記載なし、null はすべて
-- choices: programmes = @programme
-- param: fundings VARCHAR[] = null | government, private, unknown; null for all | government(政府)、private(民間)、unknown(不明)。null はすべて
-- choices: fundings = @funding
-- param: statuses VARCHAR[] = null | stages of the project as of the day (dormant, pipeline, validation, registered, withdrawn, study); null for all | 基準日における案件の段階(dormant、pipeline、validation、registered、withdrawn、study)。null はすべて
-- choices: statuses = @status
AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), r.iso3))
AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(r.sector_number, 0)))
AND (CAST($technologies AS VARCHAR[]) IS NULL OR array_contains(CAST($technologies AS VARCHAR[]), coalesce(r.technology, 'unstated')))
AND (CAST($programmes AS VARCHAR[]) IS NULL OR array_contains(CAST($programmes AS VARCHAR[]), coalesce(r.programme, 'unstated')))
AND (CAST($fundings AS VARCHAR[]) IS NULL OR array_contains(CAST($fundings AS VARCHAR[]), coalesce(r.funding, 'unknown')))
AND (CAST($statuses AS VARCHAR[]) IS NULL OR r.project_id IN (
  SELECT ps.project_id FROM history.project_state AS ps
  WHERE ps.known_on <= CAST($as_of AS DATE) AND (ps.known_until IS NULL OR ps.known_until > CAST($as_of AS DATE))
    AND array_contains(CAST($statuses AS VARCHAR[]), ps.stage)))
