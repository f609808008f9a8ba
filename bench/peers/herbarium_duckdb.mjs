// The herbarium job in plain DuckDB SQL.
//
//   node herbarium_duckdb.mjs DATA OUT.tsv memory|limited
//
// memory:  every table the job names is made, in memory.
// limited: DuckDB may use 4 GB; the occurrence table is never made, its file is joined as it is read (and read once more for its row count).
//
// Prints the figures as JSON and writes OUT.tsv and, beside it, barcodes_from_figshare.tsv.
import { execFileSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [data, out, variant] = [process.argv[2], resolve(process.argv[3]), process.argv[4]];
const limited = variant === 'limited';
const instance = await DuckDBInstance.create(':memory:', limited ? { memory_limit: '4GB', temp_directory: `${out}.tmp` } : {});
const db = await instance.connect();

const run = (sql, values) => db.run(sql, values);
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjectsJS();
const one = async (sql) => Object.fromEntries(Object.entries((await rows(sql))[0]).map(([name, value]) => [name, plain(value)]));
const plain = (value) => (typeof value === 'bigint' ? Number(value) : value);
const number = async (sql) => Object.values(await one(sql))[0];
const counts = async (table, value) =>
  Object.fromEntries((await rows(`SELECT ${value} AS v, count(*) AS n FROM ${table} GROUP BY 1 ORDER BY n DESC`)).map((r) => [`${r.v}`, Number(r.n)]));
const filled = (table, columns) => one(`SELECT ${columns.map((c) => `count(${c}) AS ${c}`).join(', ')} FROM ${table}`);
const text = (path) => `'${path.replaceAll("'", "''")}'`;
const tsv = (name) => `read_csv(${text(`${data}/${name}`)}, delim='\\t', quote='', escape='', header=true, all_varchar=true)`;
const write = (sql, path) => run(`COPY (${sql}) TO ${text(path)} (DELIMITER '\\t', HEADER)`);

const followed = ['id', 'licenseLogoURL', 'source', 'creator'];
const wanted = ['institutionCode', 'catalogNumber', 'recordedBy', 'year', 'month', 'day', 'verbatimEventDate', 'country', 'stateProvince', 'county',
  'locality', 'identifiedBy', 'scientificName'];
const figures = {};

// The bundles.
await run('CREATE TABLE sheets (barcode VARCHAR, stain_status VARCHAR)');
for (const status of ['stained', 'unstained']) {
  const names = execFileSync('tar', ['-tzf', `${data}/${status}.tar.gz`], { encoding: 'utf8', maxBuffer: 1 << 28 });
  await run(`INSERT INTO sheets SELECT regexp_extract(name, '/([^.]*)', 1), $status
             FROM (SELECT unnest(string_split($names, chr(10))) AS name) WHERE name LIKE '%.jpg'`, { status, names });
}
const labels = await counts('sheets', 'stain_status');
figures.bundle_rows = await number('SELECT count(*) FROM sheets');
figures.stained = labels.stained;
figures.unstained = labels.unstained;
figures.bundle_distinct = await number('SELECT count(DISTINCT barcode) FROM sheets');
await write('SELECT * FROM sheets', `${dirname(out)}/barcodes_from_figshare.tsv`);

// The media table, without its exact copies; rowid is the row's number in the file.
await run(`CREATE TABLE media AS SELECT * FROM ${tsv('nmnh_multimedia_1_35.tsv.gz')}`);
figures.multimedia_rows = await number('SELECT count(*) FROM media');
figures.multimedia_columns = await number("SELECT count(*) FROM duckdb_columns() WHERE table_name = 'media'");
figures.provider_before = await counts('media', 'providerLiteral');
await run('CREATE TABLE media_once AS SELECT *, min(rowid) AS row FROM media GROUP BY ALL');
await run('DROP TABLE media');
figures.duplicate_rows = figures.multimedia_rows - (await number('SELECT count(*) FROM media_once'));
figures.provider_after = await counts('media_once', 'providerLiteral');

await run(`CREATE TABLE botany AS
  SELECT *, nullif(trim(trim(regexp_extract(lower(description), '(?:^|\\s)barcode\\s+(\\S+)', 1), '.'), ','), '') AS barcode
  FROM media_once
  WHERE providerLiteral = 'Smithsonian Institution, NMNH, Botany' AND contains(lower(description), 'barcode')`);
await run('DROP TABLE media_once');
Object.assign(figures, await one('SELECT count(*) AS botany_barcode_rows, min(row) AS first_kept_index, max(row) AS last_kept_index FROM botany'));
figures.barcode_len = await counts('botany', 'length(barcode)');

await run('CREATE TABLE matched AS SELECT sheets.rowid AS sheet, * FROM sheets LEFT JOIN botany USING (barcode)');
figures.merge_rows = await number('SELECT count(*) FROM matched');
figures.merge_nonnull = await filled('matched', followed);
figures.duplicate_barcodes = figures.merge_rows - (await number('SELECT count(DISTINCT barcode) FROM matched'));

await run('CREATE TABLE single AS SELECT * FROM matched QUALIFY count(*) OVER (PARTITION BY barcode) = 1');
figures.singles = await number('SELECT count(*) FROM single');
figures.singles_nonnull = await filled('single', followed);
figures.singles_rights = await counts('(SELECT * FROM single WHERE rights IS NOT NULL)', 'rights');
await run("CREATE TABLE free AS SELECT sheet, barcode, stain_status, id, accessURI FROM single WHERE rights = 'CC0'");

// The occurrence table.
const occurrence = tsv('nmnh_occurrence_1_35.tsv.gz');
const columns = ['id', ...wanted].join(', ');
figures.occurrence_columns = (await rows(`DESCRIBE SELECT * FROM ${occurrence}`)).length;
if (!limited) {
  await run(`CREATE TABLE specimens AS SELECT ${columns} FROM ${occurrence}`);
}
figures.occurrence_rows = await number(`SELECT count(*) FROM ${limited ? occurrence : 'specimens'}`);
await run(`CREATE TABLE result AS
  SELECT free.*, ${wanted.join(', ')} FROM free LEFT JOIN ${limited ? `(SELECT ${columns} FROM ${occurrence})` : 'specimens'} USING (id)`);
figures.final_rows = await number('SELECT count(*) FROM result');
figures.final_columns = (await number("SELECT count(*) FROM duckdb_columns() WHERE table_name = 'result'")) - 1;
figures.final_nonnull = await filled('result', wanted);
figures.unmatched = await rows('SELECT barcode, id, accessURI FROM result WHERE institutionCode IS NULL ORDER BY sheet');
await write('SELECT * EXCLUDE (sheet) FROM result ORDER BY sheet', out);

console.log(JSON.stringify(figures));
db.closeSync();
instance.closeSync();
