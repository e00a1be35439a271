export function changeBlock(file: string, id: string, change: (block: string) => string): void;
