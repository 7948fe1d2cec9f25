// Enhancement only: every page reads and works without this file.
"use strict";

// On a narrow screen the filters would push the results off the page.
const filters = document.querySelector("details.filters");
if (filters && window.matchMedia("(max-width: 62rem)").matches) {
  filters.open = false;
}

// Single keys can be turned off, for those who speak or touch several keys at once.
const KEYS = "registry.keys";
const keysAreOn = () => window.localStorage.getItem(KEYS) !== "off";
document.querySelectorAll("[data-keys-switch]").forEach((label) => {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = keysAreOn();
  box.addEventListener("change", () => window.localStorage.setItem(KEYS, box.checked ? "on" : "off"));
});

// "/" goes to the search, as in other tools for research.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && keysAreOn() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
});

// An address without the fields that were left empty can be read and shared.
document.querySelectorAll('form[method="get"]').forEach((form) => {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") {
        event.formData.delete(name);
      }
    }
  });
});

// In the matrix the arrow keys go from chip to chip; Tab still reaches every one of them.
document.querySelectorAll("table[data-keys]").forEach((table) => {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const stops = (row) => [...row.querySelectorAll("a, input")];
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const row = event.target.closest("tbody tr");
    if (!step || !row || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const rows = [...row.parentElement.rows];
    const there = rows[rows.indexOf(row) + step[0]];
    const next = there && stops(there)[stops(row).indexOf(event.target) + step[1]];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
});

// How many rows are chosen, and one box for all of the page.
const chosen = document.querySelector("[data-chosen]");
if (chosen) {
  const boxes = [...document.querySelectorAll('input[form="choose"][name="subject"]')];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Choose all rows of this page");
  document.querySelector("table.matrix thead th").prepend(all, " ");
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    chosen.textContent = number === 1 ? "1 chosen row" : `${number} chosen rows`;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    chosen.parentElement.querySelectorAll("button").forEach((each) => {
      each.disabled = number === 0;
    });
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => {
      box.checked = all.checked;
    });
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
  count();
}

// A job is followed without loading the page again; once it ends, the page shows what came of it.
document.querySelectorAll("[data-job]").forEach((job) => {
  const text = job.querySelector(".job-text");
  const bar = job.querySelector("progress");
  const follow = async () => {
    const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const state = await answer.json();
    bar.value = state.share;
    if (text.textContent !== state.text) text.textContent = state.text;
    if (state.is_active) {
      window.setTimeout(follow, 1000);
    } else {
      window.location.reload();
    }
  };
  window.setTimeout(follow, 500);
});

// A verdict by keyboard: s, d and u choose and go on to the reason; n and p move in the queue.
const verdict = document.querySelector('form[data-keys="verdict"]');
if (verdict) {
  const reason = verdict.querySelector("textarea");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && verdict.contains(event.target)) {
      event.preventDefault();
      verdict.requestSubmit();
    }
    const typing = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (typing || !keysAreOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = verdict.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    const link = document.getElementById({ n: "after", p: "before" }[event.key]);
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      reason.focus();
    } else if (link) {
      link.click();
    }
  });
}

// A long list of names is looked up part by part, so that the first rows are there at once.
document.querySelectorAll("form[data-paste]").forEach((form) => {
  const PART = 200;
  const said = form.querySelector("[data-progress]");
  form.addEventListener("submit", async (event) => {
    const whole = event.submitter && event.submitter.hasAttribute("formaction");
    const lines = form.elements.names.value.split("\n").filter((line) => line.trim());
    if (whole || lines.length <= PART) {
      said.textContent = whole ? "" : "Looking them up …";
      return;
    }
    event.preventDefault();
    let shown = null;
    for (let start = 0; start < lines.length; start += PART) {
      said.textContent = `${start.toLocaleString("en-GB")} of ${lines.length.toLocaleString("en-GB")} looked up`;
      const body = new FormData(form);
      body.set("names", lines.slice(start, start + PART).join("\n"));
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) {
        said.textContent = (page.querySelector(".problems li") || page.querySelector("main")).textContent;
        return;
      }
      if (!shown) {
        while (form.nextSibling) {
          form.nextSibling.remove();
        }
        const results = page.querySelector("form[data-paste]");
        while (results.nextSibling) {
          form.parentElement.append(results.nextSibling);
        }
        shown = document.getElementById("pasted");
      } else {
        shown.append(...page.getElementById("pasted").children);
      }
      document.querySelectorAll("[data-count]").forEach((each) => {
        const of = `[data-outcome="${each.dataset.count}"]`;
        each.textContent = shown.querySelectorAll(of).length.toLocaleString("en-GB");
      });
      const total = document.querySelector("#totals b");
      total.textContent = Math.min(start + PART, lines.length).toLocaleString("en-GB");
    }
    said.textContent = "All are looked up.";
  });
});

// Another row like the last one, up to the most that is taken.
document.querySelectorAll("[data-rows]").forEach((rows) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-secondary";
  button.textContent = "Another row";
  button.addEventListener("click", () => {
    const number = rows.children.length;
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelectorAll("input, textarea").forEach((field) => {
      field.value = "";
      const label = row.querySelector(`label[for="${field.id}"]`);
      field.id = field.id.replace(/\d+$/, number);
      label.htmlFor = field.id;
      const which = label.querySelector(".visually-hidden");
      which.textContent = which.textContent.replace(/\d+$/, number + 1);
    });
    rows.append(row);
    row.querySelector("input").focus();
    button.hidden = number + 1 >= Number(rows.dataset.rows);
  });
  rows.after(button);
});

// Texts on one page that are saved one by one: what is typed in the others stays while one is saved.
const kept = [...document.querySelectorAll("form[data-kept]")];
const typed = (form) => [...form.elements].some((field) =>
  field.options ? [...field.options].some((each) => each.selected !== each.defaultSelected)
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue);
const settle = (form, sent) => [...form.elements].forEach((field) => {
  if (field.options) {
    [...field.options].forEach((each) => { each.defaultSelected = each.value === sent.get(field.name); });
  } else if (sent.has(field.name) && field.type !== "hidden") {
    field.defaultValue = sent.get(field.name);
  }
});
kept.forEach((form) => {
  const said = document.createElement("span");
  said.className = "saved";
  said.setAttribute("role", "status");
  form.querySelector("button[type=submit]").after(" ", said);
  form.addEventListener("input", () => { said.textContent = ""; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "Saving …";
    const sent = new FormData(form);
    let answer, page;
    try {
      answer = await fetch(form.action, { method: "POST", body: sent });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      said.textContent = "Not saved: the registry does not answer. Try again in a moment.";
      return;
    }
    form.querySelectorAll(".problems, .problem").forEach((each) => each.remove());
    const there = [...page.querySelectorAll("form[data-kept]")].find((each) => each.action === form.action);
    if (!there) {
      const why = [...page.querySelectorAll("main h1, main h1 + p")].map((each) => each.textContent);
      said.textContent = ["Not saved, and still here", ...why].join(". ");
      return;
    }
    if (!answer.ok) {
      form.elements.revision.value = there.elements.revision.value;
      form.id = there.id;
      const problems = page.querySelector("section.problems");
      problems.removeAttribute("autofocus");
      form.prepend(problems);
      problems.focus();
      said.textContent = "Not saved.";
      return;
    }
    settle(form, sent);
    // Not the revision of the page: somebody else may have saved another one already.
    form.elements.revision.value = Number(sent.get("revision")) + 1;
    // Forms on the same thing start from the revision that was just made.
    document.querySelectorAll("form[data-of]").forEach((each) => {
      if (each.dataset.of === form.dataset.of) each.elements.revision.value = form.elements.revision.value;
    });
    form.querySelectorAll("[data-names-minor]").forEach((each) => each.remove());
    form.lastElementChild.before(...there.querySelectorAll("[data-names-minor]"));
    document.querySelectorAll("[data-fresh]").forEach((each) => {
      const fresh = page.getElementById(each.id);
      if (fresh) each.replaceChildren(...fresh.childNodes);
    });
    said.textContent = "Saved.";
  });
});
window.addEventListener("beforeunload", (event) => {
  if (kept.some(typed)) event.preventDefault();
});
