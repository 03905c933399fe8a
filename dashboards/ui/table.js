// Draws the kernel's table, says which row was chosen, and keeps the focus where it was when the rows change.
function render({ model, el }) {
  const rows = () => [...el.querySelectorAll("tr[data-key]")];
  const button = (row) => row && row.querySelector("button.pick");

  function mark() {
    for (const row of rows()) {
      const on = row.dataset.key === model.get("selected");
      row.classList.toggle("on", on);
      button(row).setAttribute("aria-pressed", String(on));
    }
  }

  function draw() {
    const inside = el.contains(document.activeElement) && document.activeElement.closest("tr[data-key]");
    const key = inside ? inside.dataset.key : "";
    el.innerHTML = model.get("html");
    mark();
    const again = key && button(rows().find((row) => row.dataset.key === key));
    if (again) again.focus();
  }

  function choose(key) {
    model.set("selected", key);
    model.save_changes();
    mark();
  }

  el.addEventListener("click", (event) => {
    const more = event.target.closest("[data-more]");
    const row = event.target.closest("tr[data-key]");
    if (more) {
      model.set("shown", Number(more.dataset.more));
      model.save_changes();
    } else if (row && !window.getSelection().toString()) {
      choose(row.dataset.key);
    }
  });

  el.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest("tr[data-key]");
    if (!step || !row) return;
    const all = rows();
    const next = button(all[all.indexOf(row) + step]);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  el.classList.add("ccm-table");
  model.on("change:html", draw);
  model.on("change:selected", mark);
  draw();
}
export default { render };
