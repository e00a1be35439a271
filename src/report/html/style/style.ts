import { COLORS } from './colors.js';
import { CONTROLS } from './controls.js';
import { DETAILS } from './details.js';
import { LAYOUT } from './layout.js';
import { PRINT } from './print.js';
import { TABLE } from './table.js';

/** All rules of the page; later ones win. */
export const STYLE = [COLORS, LAYOUT, CONTROLS, TABLE, DETAILS, PRINT].join('');
