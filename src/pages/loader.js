await start({ module_or_path: WASM }).catch((error) => {
  if (/fetch|abort/i.test(error.message)) return new Promise(() => {});
  throw error;
});
islands.hydrate();
const owners = [];
const walk = (element) => {
  const children = element.localName === "leptos-children";
  if (element.localName === "leptos-island") {
    owners.at(-1)?.();
    const name = element.dataset.component;
    islands[name] ? islands[name](element) : console.warn(`no island ${name}`);
  }
  if (children) owners.push(element.$$on_hydrate);
  for (const child of [...element.children]) walk(child);
  if (children) owners.pop();
};
walk(document.body);
// What is put into the page later has islands of its own.
addEventListener("drawn", (event) => walk(event.target));
