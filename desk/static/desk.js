// What pages gain by a script: who and why beside an article. All of it works
// without, by links and forms.
"use strict";

(() => {
  const text = document.querySelector(".text[data-why]");
  const peek = document.getElementById("peek");
  if (!text || !peek) return;
  let reasons = null; // by statement, once asked for
  let shown = null;

  // ask extracts the article once more, at the first wish to know why.
  const ask = () => {
    reasons ??= fetch(text.dataset.why, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then((answer) => new Map((answer.reasons ?? []).map((r) => [r.quote_id, r.why ?? []])))
      .catch(() => new Map());
    return reasons;
  };

  const line = (tag, words) => {
    const e = document.createElement(tag);
    e.textContent = words;
    return e;
  };

  const entry = (n) => document.getElementById("d" + n);

  // fill writes the measurements of statement n into a place.
  const fill = async (n, place) => {
    const why = (await ask()).get(entry(n).dataset.quote);
    const list = document.createElement("ul");
    for (const words of why ?? []) list.append(line("li", words));
    if (!list.children.length) {
      place.replaceChildren(document.createTextNode("This program finds another speaker or other edges than the one that made these tables, or a rule decided, so there are no measurements to show."));
      return;
    }
    place.replaceChildren(list);
  };

  const show = async (n) => {
    const of = entry(n);
    if (!of) return;
    shown = n;
    for (const e of document.querySelectorAll(".lit")) e.classList.remove("lit");
    for (const e of document.querySelectorAll(`.text [data-s~="${n}"]`)) e.classList.add("lit");
    const head = document.createElement("p");
    head.append(line("strong", Number(n) + 1 + " " + of.querySelector(".who").textContent.trim()));
    const why = document.createElement("div");
    peek.replaceChildren(head, line("p", of.querySelector(".facts").textContent.replace(/ · to the text$/, "").trim()), why);
    peek.hidden = false;
    await fill(n, why);
    if (shown !== n) return;
  };

  const hide = () => {
    shown = null;
    peek.hidden = true;
    for (const e of document.querySelectorAll(".lit")) e.classList.remove("lit");
  };

  const innermost = (e) => e.closest("[data-s]")?.dataset.s.split(" ").pop();
  let wait = 0;
  text.addEventListener("mouseover", (event) => {
    const n = innermost(event.target);
    clearTimeout(wait);
    if (n !== undefined && n !== "") wait = setTimeout(() => show(n), 120);
  });
  text.addEventListener("mouseleave", () => { clearTimeout(wait); hide(); });
  text.addEventListener("focusin", (event) => { const n = innermost(event.target); if (n) show(n); });
  text.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  for (const d of document.querySelectorAll("details.why")) {
    d.addEventListener("toggle", () => {
      if (d.open) fill(d.closest("li").id.slice(1), d.querySelector(".reasons"));
    });
  }
})();

// Judging by keys: a digit chooses, and the last answer that is needed saves.
(() => {
  const form = document.querySelector("form[data-keys]");
  const typing = (e) => e.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value;
  const complete = () => chosen("statement") === "none" || chosen("statement") && (!form.querySelector('input[name="speaker"]') || chosen("speaker"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event)) return;
    if (form) {
      const target = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!target) return;
      event.preventDefault();
      if (target.matches("a")) { target.click(); return; }
      target.checked = true;
      target.focus();
      if (complete()) form.requestSubmit();
      return;
    }
    const missed = document.getElementById("missed");
    const reading = document.getElementById("reading");
    if (missed && event.key === "m") {
      const selection = getSelection();
      const words = selection.toString().replace(/\s+/g, " ").trim();
      if (!words || !reading.contains(selection.anchorNode)) return;
      event.preventDefault();
      missed.value = missed.value.replace(/\s*$/, missed.value.trim() ? "\n" : "") + words + "\n";
      selection.removeAllRanges();
    }
  });
})();

// Correcting: words that are selected in the text go into a form.
(() => {
  const reading = document.getElementById("reading");
  if (!reading) return;
  let words = ""; // the last that were selected in the text: a button takes the selection away
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.rangeCount && !selection.isCollapsed && reading.contains(selection.anchorNode)) {
      words = selection.getRangeAt(0).cloneContents();
      for (const n of words.querySelectorAll(".num")) n.remove();
      words = words.textContent.trim();
    }
  });
  for (const b of document.querySelectorAll(".take")) {
    b.hidden = false;
    b.addEventListener("click", () => {
      if (words) document.getElementById(b.dataset.for).value = words;
    });
  }
  const open = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("details");
  if (open) open.open = true;
  addEventListener("hashchange", () => {
    const d = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("details");
    if (d) { d.open = true; d.querySelector("textarea").focus(); }
  });
})();
