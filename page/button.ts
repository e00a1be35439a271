/** Makes what an element holds the label of a button in it. */
export function makeButton(element: Element): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...element.childNodes);
  element.append(button);
  return button;
}
