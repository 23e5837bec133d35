// elements without markup in strings: nothing from outside is ever parsed as HTML

/**
 * An element. Attributes: `on*` functions are listeners, `true` is a bare attribute, `null` and `false` are left out. Children: nodes, texts, lists
 * of them; `null` and `false` are left out.
 */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same in SVG. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) { continue; }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'width%') {
      element.style.width = `${value}%`;
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  add(element, children);
  return element;
}

/** Appends children as `h` takes them. */
export function add(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) { element.append(child); }
  }
}

/** Replaces what stands in an element. */
export function put(element, ...children) {
  element.replaceChildren();
  add(element, children);
}
