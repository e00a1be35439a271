import { matches } from './matches.ts';

/** What of a package is searched in: its row, and of the rest what is said of this package alone. */
const SEARCHED = '.head, .signals, .paths, .meant';

/** Shows the packages with a chosen risk that have all the words that were typed. */
export function makeFilterable(table: HTMLTableElement, controls: HTMLFormElement): void {
  const text = controls.querySelector<HTMLInputElement>('#text-filter');
  const risks = [...controls.querySelectorAll<HTMLInputElement>('[name=risk]')];
  const shown = controls.querySelector('#shown');
  const noMatch = document.querySelector<HTMLElement>('#no-match');
  const texts = new WeakMap<Element, string>();
  const update = () => {
    const chosen = new Set(risks.filter(({ checked }) => checked).map(({ value }) => value));
    const typed = text?.value.trim() ?? '';
    let found = 0;
    for (const group of table.tBodies) {
      const isShown =
        chosen.has(group.dataset['risk'] ?? '') && (typed === '' || matches(textOf(group, texts), typed));
      group.hidden = !isShown;
      if (isShown) found++;
    }
    if (shown !== null) shown.textContent = describe(found, table.tBodies.length);
    if (noMatch !== null) noMatch.hidden = found > 0;
  };
  controls.addEventListener('input', update);
  controls.addEventListener('submit', (event) => event.preventDefault());
  // A page that is loaded again may come with what was typed before.
  update();
}

function textOf(group: Element, texts: WeakMap<Element, string>): string {
  const known = texts.get(group);
  if (known !== undefined) return known;
  const text = [...group.querySelectorAll(SEARCHED)].map(({ textContent }) => textContent).join(' ');
  texts.set(group, text);
  return text;
}

function describe(found: number, all: number): string {
  const packages = `${all.toLocaleString('en')} ${all === 1 ? 'package' : 'packages'}`;
  return found === all ? `${packages} shown` : `${found.toLocaleString('en')} of ${packages} shown`;
}
