/** Foreign text as the plain text of a cell: no markup, no line end, and nothing that can't be seen. */
export function plainCell(text: string): string {
  return text
    .replace(
      /[\p{C}\p{Zl}\p{Zp}]/gu,
      (one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
    .replace(/[\\`*_{}[\]<>|~#&!$]|:(?=\/\/)/g, (mark) => `\\${mark}`);
}
