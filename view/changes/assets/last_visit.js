export default function({ data, setStateValue }) {
  const KEY = "jcm.visit";
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || "{}"); } catch { return {}; } };
  const kept = read();
  // What is shown now becomes the last visit of the next one; a reload within the same day changes nothing.
  if (kept.day !== data.day || kept.version !== data.version) {
    const before = kept.day ? { day: kept.day, version: kept.version } : null;
    try { localStorage.setItem(KEY, JSON.stringify({ day: data.day, version: data.version, before })); } catch {}
    setStateValue("visit", before);
  } else {
    setStateValue("visit", kept.before || null);
  }
}
