/**
 * Says what the parts of a table are. On narrow screens its rows are laid out as cards, and some browsers take a table that isn't
 * laid out as one for no table.
 */
export function keepRoles(table: HTMLTableElement): void {
  table.role = 'table';
  for (const group of table.querySelectorAll('thead, tbody')) group.role = 'rowgroup';
  for (const row of table.rows) {
    row.role = 'row';
    for (const cell of row.cells) cell.role = ROLES[cell.scope] ?? 'cell';
  }
}

const ROLES: Readonly<Record<string, string>> = { col: 'columnheader', row: 'rowheader' };
