// The SQL editor of the workbench page: a component of the framework around CodeMirror.
//
// Python gives `data`, a list of one: text and revision (a new revision replaces what is in the editor), schema, functions, mark
// (the place of an error), labels, label (accessible name), isRunning. The editor gives back `text` when the reader
// leaves it, and the trigger `asked` = {kind, text, n} when the reader wants it run or explained.

import {autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {sql, PostgreSQL, SQLDialect} from "@codemirror/lang-sql";
import {bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting} from "@codemirror/language";
import {lintGutter, setDiagnostics} from "@codemirror/lint";
import {highlightSelectionMatches, searchKeymap} from "@codemirror/search";
import {EditorState, Prec} from "@codemirror/state";
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from "@codemirror/view";
import {tags} from "@lezer/highlight";
import {duckdb, formatDialect} from "sql-formatter";

const WORDS = "asof qualify pivot unpivot exclude replace columns sample summarize positional semi anti filter within rollup cube grouping sets macro struct list map hugeint ubigint utinyint usmallint uinteger";
const dialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords} ${WORDS}`,
  doubleDollarQuotedStrings: false,
  charSetCasts: false,
});

const colours = HighlightStyle.define([
  {tag: tags.keyword, color: "var(--jcm-keyword)", fontWeight: "600"},
  {tag: [tags.string, tags.special(tags.string)], color: "var(--jcm-string)"},
  {tag: [tags.number, tags.bool, tags.null], color: "var(--jcm-number)"},
  {tag: [tags.lineComment, tags.blockComment], color: "var(--jcm-muted)", fontStyle: "italic"},
  {tag: tags.typeName, color: "var(--jcm-keyword)"},
]);

const look = EditorView.theme({
  "&": {fontSize: "13.5px", backgroundColor: "var(--st-background-color)", color: "var(--st-text-color)", border: "1px solid var(--st-border-color)", borderRadius: "4px"},
  "&.cm-focused": {outline: "2px solid var(--st-primary-color)", outlineOffset: "-1px"},
  ".cm-scroller": {fontFamily: "var(--st-code-font, ui-monospace, monospace)", lineHeight: "1.5", minHeight: "11rem", maxHeight: "26rem"},
  ".cm-content": {caretColor: "var(--st-text-color)"},
  ".cm-cursor": {borderLeftColor: "var(--st-text-color)"},
  ".cm-gutters": {backgroundColor: "var(--st-secondary-background-color)", color: "var(--jcm-muted)", border: "0"},
  ".cm-activeLine": {backgroundColor: "color-mix(in srgb, var(--st-text-color) 4%, transparent)"},
  ".cm-activeLineGutter": {backgroundColor: "transparent"},
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {backgroundColor: "color-mix(in srgb, var(--st-primary-color) 28%, transparent)"},
  ".cm-matchingBracket": {backgroundColor: "color-mix(in srgb, var(--st-primary-color) 20%, transparent)"},
  ".cm-tooltip, .cm-panels": {backgroundColor: "var(--st-secondary-background-color)", color: "var(--st-text-color)", border: "1px solid var(--st-border-color)"},
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {backgroundColor: "var(--st-primary-color)", color: "var(--st-background-color)"},
  ".cm-completionDetail": {fontStyle: "normal", opacity: ".75", marginLeft: "1em"},
  ".cm-tooltip.cm-completionInfo": {maxWidth: "24rem", fontFamily: "var(--st-font)", padding: ".4rem .6rem"},
});

function schemaOf(schema) {
  const made = {};
  // A name with its schema completes after the schema; a macro completes with a day in brackets.
  for (const [table, {info, columns, detail, call}] of Object.entries(schema)) {
    const label = table.slice(table.indexOf(".") + 1);
    made[table] = {
      self: {label, type: call ? "function" : "type", detail, info, apply: call ? `${label}${call}` : undefined},
      children: columns.map(([label, detail, meaning]) => ({label, type: "property", detail, info: meaning})),
    };
  }
  return made;
}

function parametersOf(names) {
  return (context) => {
    const word = context.matchBefore(/\$\w*/);
    return word ? {from: word.from, options: names.map((name) => ({label: `$${name}`, type: "variable"}))} : null;
  };
}

function formatted(text) {
  try {
    return formatDialect(text, {dialect: duckdb, tabWidth: 2, keywordCase: "upper", paramTypes: {named: ["$"]}});
  } catch {
    return null;
  }
}

function mounted(host, component) {
  const box = document.createElement("div");
  const bar = document.createElement("div");
  bar.className = "bar";
  const say = document.createElement("span");
  say.setAttribute("role", "status");
  const state = {revision: null, known: null, asked: 0, component};

  const ask = (kind) => {
    const text = view.state.doc.toString();
    closeCompletion(view);
    state.known = text;
    state.asked += 1;
    state.component.setTriggerValue("asked", {kind, text, n: `${Date.now()}-${state.asked}`});
    return true;
  };
  const format = () => {
    const text = formatted(view.state.doc.toString());
    say.textContent = text === null ? state.component.data.labels.cannot_format : "";
    if (text !== null) view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}});
    return true;
  };
  const view = new EditorView({
    parent: box,
    root: host instanceof ShadowRoot ? host : undefined,
    state: EditorState.create({
      doc: component.data.text,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        autocompletion({icons: false}), highlightActiveLine(), highlightSelectionMatches(), lintGutter(),
        EditorView.lineWrapping,
        sql({dialect, schema: schemaOf(component.data.schema), upperCaseKeywords: true}),
        dialect.language.data.of({autocomplete: parametersOf(component.data.parameters)}),
        syntaxHighlighting(colours), look,
        EditorView.contentAttributes.of({"aria-label": component.data.label}),
        Prec.highest(keymap.of([
          {key: "Mod-Enter", run: () => ask("result")},
          {key: "Shift-Alt-f", run: format},
        ])),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.domEventHandlers({
          blur: (event) => {
            const text = view.state.doc.toString();
            if (bar.contains(event.relatedTarget) || text === state.known) return;
            state.known = text;
            state.component.setStateValue("text", text);
          },
        }),
      ],
    }),
  });

  const buttons = [["run", "strong", () => ask("result")], ["format", "", format], ["explain", "", () => ask("explain")]]
    .map(([name, style, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = style;
      button.dataset.name = name;
      button.addEventListener("click", act);
      bar.append(button);
      return button;
    });
  bar.append(say);
  host.querySelector(".editor").replaceChildren(box, bar);

  state.update = (next) => {
    state.component = next;
    const {data} = next;
    if (data.revision !== state.revision) {
      state.revision = data.revision;
      state.known = data.text;
      if (view.state.doc.toString() !== data.text) {
        view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: data.text}});
      }
    }
    host.querySelector(".editor").classList.toggle("dark", data.is_dark);
    for (const button of buttons) {
      button.textContent = data.labels[button.dataset.name];
      button.disabled = data.is_running && button.dataset.name !== "format";
    }
    const marks = [];
    if (data.mark && data.mark.line <= view.state.doc.lines && view.state.doc.toString() === data.mark.of) {
      const line = view.state.doc.line(data.mark.line);
      const from = Math.min(line.from + data.mark.column - 1, line.to);
      marks.push({from, to: Math.min(from + data.mark.length, line.to), severity: "error", message: data.mark.message});
    }
    view.dispatch(setDiagnostics(view.state, marks));
  };
  state.destroy = () => view.destroy();
  return state;
}

const editors = new WeakMap();

export default function (given) {
  const host = given.parentElement;
  const {setStateValue, setTriggerValue} = given;
  const component = {data: given.data[0], setStateValue, setTriggerValue};
  if (!editors.has(host)) editors.set(host, mounted(host, component));
  const editor = editors.get(host);
  editor.update(component);
  return () => {
    // Two runs may wait for this script; the framework then takes back the first when the second has drawn already.
    if (editor.component !== component) return;
    editor.destroy();
    editors.delete(host);
  };
}
