import { makeButton } from './button.ts';

/** Makes each package's name a button that opens and closes what else is known of it. */
export function makeOpenable(table: HTMLTableElement, controls: HTMLFormElement): void {
  const isOpen = table.dataset['open'] !== undefined;
  for (const group of table.tBodies) {
    const spec = group.querySelector<HTMLElement>('[data-opens]');
    if (spec === null) continue;
    const button = makeButton(spec);
    button.className = 'opens';
    button.setAttribute('aria-controls', spec.dataset['opens'] ?? '');
    setOpen(group, isOpen);
    button.addEventListener('click', () => setOpen(group, !group.classList.contains('open')));
  }
  openAll(table, controls, isOpen);
}

function openAll(table: HTMLTableElement, controls: HTMLFormElement, isOpen: boolean): void {
  const button = controls.querySelector('#open-all');
  if (button === null) return;
  let opens = !isOpen;
  const label = () => {
    button.textContent = opens ? 'Open all' : 'Close all';
  };
  label();
  button.addEventListener('click', () => {
    for (const group of table.tBodies) if (!group.hidden) setOpen(group, opens);
    opens = !opens;
    label();
  });
}

function setOpen(group: HTMLTableSectionElement, isOpen: boolean): void {
  group.classList.toggle('open', isOpen);
  group.querySelector('.opens')?.setAttribute('aria-expanded', String(isOpen));
}
