/** Gives each command a button that copies it, where the browser lets pages copy. */
export function makeCopyable(table: HTMLTableElement): void {
  if (navigator.clipboard === undefined) return;
  for (const command of table.querySelectorAll<HTMLElement>('.command')) {
    const code = command.querySelector('code');
    if (code === null) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    const status = document.createElement('span');
    status.className = 'hidden-text';
    status.role = 'status';
    button.addEventListener('click', () => {
      const say = (word: string) => {
        button.textContent = word;
        status.textContent = word;
      };
      navigator.clipboard.writeText(code.textContent ?? '').then(
        () => say('Copied'),
        () => say('Could not be copied'),
      );
    });
    code.before(button, status);
  }
}
