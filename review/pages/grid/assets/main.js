// Mount the grid into an element, or bring a mounted one up to date.

import { Grid } from "./grid.js";

const mounted = new WeakMap();

/** `context` is {parentElement, data, setTriggerValue}. Returns what takes the grid down again. */
export function mount({ parentElement, data, setTriggerValue }) {
  const known = mounted.get(parentElement);
  if (known && known.serves(data)) {
    known.update(data, setTriggerValue);
    return known.leave;
  }
  known?.stop();
  const grid = new Grid(parentElement, data, setTriggerValue);
  grid.leave = () => {
    grid.stop();
    if (mounted.get(parentElement) === grid) mounted.delete(parentElement);
  };
  mounted.set(parentElement, grid);
  return grid.leave;
}
