import { makeButton } from './button.ts';
import { compareKeys } from './compare-keys.ts';

/** The verdict, by which the table comes sorted, the worst first: its keys fall from row to row. */
const SORTED_AT_FIRST = 1;

/** Puts a button into each heading, which sorts the table by its column, and the other way round when it is pressed again. */
export function makeSortable(table: HTMLTableElement): void {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  headings[SORTED_AT_FIRST]?.setAttribute('aria-sort', 'descending');
  for (const [column, heading] of headings.entries()) {
    makeButton(heading).addEventListener('click', () => {
      const order = nextOrder(heading);
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order);
      sort(table, column, order === 'ascending' ? 1 : -1);
    });
  }
}

/** Names begin with A, degrees with the worst. */
function nextOrder(heading: Element): 'ascending' | 'descending' {
  switch (heading.getAttribute('aria-sort')) {
    case 'ascending':
      return 'descending';
    case 'descending':
      return 'ascending';
    default:
      return heading.matches('.verdict, .score') ? 'descending' : 'ascending';
  }
}

function sort(table: HTMLTableElement, column: number, direction: 1 | -1): void {
  const groups = [...table.tBodies].map((group) => ({ group, key: keyOf(group, column) }));
  groups.sort((a, b) => direction * compareKeys(a.key, b.key));
  table.append(...groups.map(({ group }) => group));
}

function keyOf(group: HTMLTableSectionElement, column: number): string {
  const cell = group.rows[0]?.cells[column];
  return cell?.dataset['key'] ?? cell?.textContent ?? '';
}
