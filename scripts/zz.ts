import { parse } from 'csv-parse/sync';
const base = { delimiter: '\t', relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: 100000, to: 2000002 };
const time = (l: string, t: string, o: any) => { const t0=performance.now(); let n=0; try { n = parse(t,o).length; } catch(e:any) { console.log(e.code); } console.log(l, n, Math.round(performance.now()-t0)); };
const a = 'packagem\tmodel\n' + 'model\n'.repeat(44000);
time('model', a, base); time('model comma', a.replace('\t',','), {...base, delimiter: ','});
for (const k of Object.keys(base)) { const o: any = {...base}; delete o[k]; time('without '+k, a, o); }
time('rows', 'name\tversion\n' + 'zq-a\t1.0.0\n'.repeat(44000), base);
time('rows x2', 'name\tversion\n' + 'zq-a\t1.0.0\n'.repeat(88000), base);
