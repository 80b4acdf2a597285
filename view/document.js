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

  // A text to take along, with the button beside it; without the right to the clipboard it is left selected.
  const copy = async ({ target }) => {
    const button = target.closest?.(".jcm-take button");
    if (!button) return;
    const { done, failed } = button.dataset;
    const text = button.parentElement.querySelector("code");
    getSelection().selectAllChildren(text);
    const copied = await (navigator.clipboard?.writeText(text.textContent).then(() => true, () => false) ??
      document.execCommand("copy"));
    button.nextElementSibling.textContent = said.textContent = copied ? done : failed;
  };
  document.addEventListener("click", copy);

  // A figure in a frame tells the page around it how high it is, and its links lead out of the frame.
  const query = new URLSearchParams(location.search);
  const isAlone = parent !== window && query.get("embed") === "true";
  let content, told;
  const tell = (isAsked) => {
    const height = Math.ceil(content?.getBoundingClientRect().height ?? 0);
    const isComplete = content?.querySelector(".jcm-source, [role=alert]");
    if (!isComplete || (height === told && isAsked !== true)) return;
    told = height;
    parent.postMessage({ type: "jcm-figure", figure: query.getAll("figure").at(-1), height }, "*");
  };
  const heights = new ResizeObserver(tell);
  const frame = () => {
    const found = document.querySelector(".stMainBlockContainer");
    if (found && found !== content) {
      heights.disconnect();
      heights.observe((content = found));
    }
    tell();
  };
  if (isAlone) {
    document.head.append(Object.assign(document.createElement("base"), { target: "_blank" }));
    addEventListener("message", ({ source, data }) => source === parent && data?.type === "jcm-figure-ask" && tell(true));
  }

  // What is cut off is reached by keys: its frame scrolls where it has the focus.
  const reach = () => {
    for (const frame of document.querySelectorAll(":is(.jcm-scroll, .jcm-list, pre):not([tabindex])")) {
      if (frame.scrollWidth <= frame.clientWidth && frame.scrollHeight <= frame.clientHeight) continue;
      const around = frame.closest('[class*="st-key-tile_"]') ?? document;
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", around.querySelector("h2.jcm-title, h1")?.textContent ?? "");
    }
  };

  // What goes takes the focus with it, such as the reset: the line that held it gets it.
  let last, line;
  document.addEventListener("focusin", ({ target }) => {
    last = target;
    line = target.closest("details")?.querySelector("summary");
  });
  const hold = () => {
    if (document.activeElement === document.body && last && !last.isConnected && line?.isConnected) line.focus();
  };

  // Feed readers look for a feed in the head of the document.
  const offer = () => {
    const feed = document.querySelector("a.jcm-feed")?.href;
    let link = document.head.querySelector("link.jcm-feed");
    if (link?.href === feed) return;
    link?.remove();
    if (!feed) return;
    link = Object.assign(document.createElement("link"), { rel: "alternate", type: "application/atom+xml", href: feed });
    link.className = "jcm-feed";
    document.head.append(link);
  };

  let waits = false;
  const look = () => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      name();
      reach();
      hold();
      say();
      offer();
      if (isAlone) frame();
    }, 100);
  };
  look(); // the page may stand already
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  addEventListener("resize", look);

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
