document.documentElement.lang = "LANG";
window.jcmDocument ??= (() => {
  // A screen reader says the answer of the page once it has changed.
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  said.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  document.body.append(said);
  let heard = "";
  const say = () => {
    const answer = document.querySelector("h1.jcm-answer")?.textContent;
    if (!answer || answer === heard) return;
    if (heard) said.textContent = answer;
    heard = answer;
  };

  // What every figure has is told apart by the title of the figure.
  const name = () => {
    for (const tile of document.querySelectorAll('[class*="st-key-tile_"]')) {
      const title = tile.querySelector("h2.jcm-title")?.textContent;
      if (!title) continue;
      for (const part of tile.querySelectorAll("summary, button, [data-testid=stPageLink] a")) {
        const words = part.querySelector("p")?.textContent;
        if (words) part.setAttribute("aria-label", `${words}: ${title}`);
      }
    }
  };

  let waits = false;
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      name();
      say();
    }, 100);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });

  // Enter takes a typed day: a field of a date does so when it is left, or its calendar is closed.
  const take = ({ key, target }) => {
    if (key !== "Enter" || target.role !== "spinbutton" || !target.isContentEditable) return;
    target.blur();
    target.focus();
    setTimeout(() => target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })), 50);
  };
  document.addEventListener("keydown", take, true);

  // A page opens under its bare address, to which the app then adds the filters: one step back, not two.
  const push = history.pushState.bind(history);
  let opens = false;
  history.pushState = (state, unused, url) => {
    const stays = new URL(url ?? "", location.href).pathname === location.pathname;
    (stays && opens ? history.replaceState.bind(history) : push)(state, unused, url);
    opens = !stays;
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (opens = false), true);
  return true;
})();
