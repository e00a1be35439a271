/** Text of others in a log that GitHub reads: no line of it is a command, neither `::name::` nor `##[name]`. */
export function withoutCommands(text: string): string {
  return text.replace(/##\[/g, '# #[').replace(/^(\s*)::/gm, '$1: :');
}
