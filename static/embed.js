/* JCM target tracker: keeps a frame as high as the figure in it. Each figure sends {type: "jcm-figure", figure, height};
   only a message that the frame itself sent, from the place that its address names, is followed. Nothing is sent back but
   the question for the height. */
(function () {
  if (window.jcmFigures) return;
  window.jcmFigures = true;
  function figures() {
    return Array.prototype.filter.call(document.querySelectorAll("iframe"), function (frame) {
      return /[?&]embed=true(&|$)/.test(frame.src);
    });
  }
  addEventListener("message", function (event) {
    var data = event.data || {};
    if (data.type !== "jcm-figure" || !(data.height > 0 && data.height < 20000)) return;
    figures().forEach(function (frame) {
      if (frame.contentWindow === event.source && new URL(frame.src).origin === event.origin)
        frame.style.height = data.height + "px";
    });
  });
  figures().forEach(function (frame) {
    frame.contentWindow.postMessage({ type: "jcm-figure-ask" }, "*");
  });
})();
