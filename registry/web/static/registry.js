// Enhancement only: every page reads and works without this file.
"use strict";

// On a narrow screen the filters would push the results off the page.
const filters = document.querySelector("details.filters");
if (filters && window.matchMedia("(max-width: 62rem)").matches) {
  filters.open = false;
}

// "/" goes to the search, as in other tools for research.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
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
