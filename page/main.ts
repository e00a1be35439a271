import { makeCopyable } from './copy.ts';
import { makeFilterable } from './filter.ts';
import { makeOpenable } from './open.ts';
import { keepRoles } from './roles.ts';
import { makeSortable } from './sort.ts';

// Before anything is drawn, so that rows don't close before the reader's eyes.
document.documentElement.classList.add('script');

document.addEventListener('DOMContentLoaded', () => {
  const table = document.querySelector('table');
  const controls = document.querySelector<HTMLFormElement>('#controls');
  if (table === null || controls === null) return;
  keepRoles(table);
  makeSortable(table);
  makeOpenable(table, controls);
  makeFilterable(table, controls);
  makeCopyable(table);
  controls.hidden = false;
});
