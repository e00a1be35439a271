const ROLES: Readonly<Record<string, string>> = { col: 'columnheader', row: 'rowheader' };

/**
 * Says what the parts of a table are where its rows are laid out as cards (src/report/html/style/table.ts): some browsers take
 * such a table for none.
 */
export function keepRoles(table: HTMLTableElement): void {
  const narrow = matchMedia('(max-width: 56rem)');
  const keep = () => {
    if (narrow.matches) setRoles(table);
  };
  narrow.addEventListener('change', keep);
  keep();
}

function setRoles(table: HTMLTableElement): void {
  table.role = 'table';
  for (const group of table.querySelectorAll('thead, tbody')) group.role = 'rowgroup';
  for (const row of table.rows) {
    row.role = 'row';
    for (const cell of row.cells) cell.role = ROLES[cell.scope] ?? 'cell';
  }
}
