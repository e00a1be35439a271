/** On paper everything that is wrong is open, and nothing asks to be pressed. */
export const PRINT = `
@media print {
  body { padding: 0; max-width: none; font-size: 10pt; }
  #controls, nav, .as-text, .copy { display: none !important; }
  [data-risk="safe"] .more { display: none; }
  thead th { position: static; }
  thead button::after, .opens::before { content: none !important; }
  .head, .signals > li, .command, .picture, .banner, .box { break-inside: avoid; }
  .head { break-after: avoid; }
  .picture { overflow: visible; }
  .picture svg { max-width: 100%; height: auto; }
  .badge, .finding rect, .counts div { print-color-adjust: exact; }
}
@media print and (max-width: 56rem) {
  thead { display: none; }
}
`;
