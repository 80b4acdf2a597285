// Says that the page does not reach its server, where it has not started after some seconds and a websocket of our own fails.
(() => {
  const { src, dataset } = document.currentScript;
  const address = new URL("../../connection", src);
  address.protocol = address.protocol.replace("http", "ws");
  const lang = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  const spoken = lang.startsWith("ja") ? "ja" : "en";
  const SECONDS = 8;
  let note;

  const say = () => {
    if (note || window.jcmDocument) return;
    note = Object.assign(document.createElement("p"), { role: "alert", lang: spoken, textContent: dataset[spoken] });
    note.style.cssText =
      "position:fixed;inset:0 0 auto 0;z-index:2000000;margin:0;padding:16px 20px;font:16px/1.6 sans-serif;" +
      "color:#16212e;background:#fff4d6;border-bottom:3px solid #b36b00";
    document.body.append(note);
  };

  const ask = () => {
    if (window.jcmDocument) return note?.remove(); // our script of the page runs: it has come
    const socket = new WebSocket(address);
    const late = setTimeout(say, SECONDS * 1000);
    socket.onopen = () => clearTimeout(late);
    socket.onerror = say;
    setTimeout(ask, SECONDS * 1000);
  };
  setTimeout(ask, SECONDS * 1000);
})();
