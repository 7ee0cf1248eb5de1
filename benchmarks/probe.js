// Runs in the page before anything else and only looks on: when rows stand there, when a key has been painted,
// when an act was made and when the server said that it is stored. Times are performance.now() milliseconds.

(() => {
  const probe = { rows: null, wanted: 0, paints: [], made: new Map(), acked: new Map(), sent: 0 };
  window.probe = probe;

  const roots = (node, found = []) => {
    for (const element of node.querySelectorAll("*")) {
      if (element.shadowRoot) {
        found.push(element.shadowRoot);
        roots(element.shadowRoot, found);
      }
    }
    return found;
  };
  const grid = () => [document, ...roots(document)].find((root) => root.querySelector(".rows .row"));

  // The load is over at the paint after the last row came.
  probe.watch = (wanted) => {
    const look = () => {
      const root = grid();
      if (root && root.querySelectorAll(".rows .row").length >= wanted) {
        requestAnimationFrame(() => setTimeout(() => { probe.rows = performance.now(); }, 0));
      } else requestAnimationFrame(look);
    };
    look();
  };

  // A task queued in a frame's callback runs when that frame has been painted.
  window.addEventListener("keydown", (event) => {
    if (["Control", "Shift", "Alt"].includes(event.key)) return;
    const pressed = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => probe.paints.push(performance.now() - pressed), 0));
  }, true);

  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function setItem(key, value) {
    if (key.startsWith("rendition/outbox/")) {
      const { id } = JSON.parse(value);
      if (id && !probe.made.has(id)) probe.made.set(id, performance.now());
    }
    return keep.call(this, key, value);
  };

  const send = window.fetch;
  window.fetch = async (...request) => {
    const response = await send(...request);
    if (String(request[0]).endsWith("/events")) {
      probe.sent += 1;
      const body = await response.clone().json().catch(() => null);
      for (const id of body?.stored ?? []) probe.acked.set(id, performance.now());
    }
    return response;
  };

  probe.waits = () => [...probe.acked].filter(([id]) => probe.made.has(id)).map(([id, at]) => at - probe.made.get(id));
  probe.open = () => [...probe.made.keys()].filter((id) => !probe.acked.has(id)).length;
  probe.clear = () => { probe.paints.length = 0; probe.made.clear(); probe.acked.clear(); };
  probe.focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };

  // The same key many times within one tick, as nobody can press it.
  probe.burst = (count) => {
    const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, composed: true, cancelable: true };
    // Confirming what is confirmed already makes no event; the bound ends a burst that makes none.
    for (let n = 0; probe.made.size < count && n < 10 * count; n += 1) {
      probe.focused().dispatchEvent(new KeyboardEvent("keydown", press));
    }
  };
})();
