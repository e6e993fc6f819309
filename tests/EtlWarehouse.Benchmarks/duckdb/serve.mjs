// Runs SQL for the benchmark: a statement a line comes in as a JSON string, an answer a line goes out. The argument is the database's file.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2]);
const connection = await instance.connect();
for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
        const start = performance.now();
        const result = await connection.runAndReadAll(JSON.parse(line));
        const milliseconds = performance.now() - start;
        const last = result.columnCount - 1;
        const rows = result.getRowsJson();
        answer = { milliseconds, rows: rows.length, sum: rows.reduce((sum, row) => sum + Number(row[last] ?? 0), 0) };
    } catch (failure) {
        answer = { error: failure.message };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
}
