// Buttons of which one is pressed.
function render({ model, el }) {
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.className = "tabs";
  el.append(group);

  function mark() {
    for (const button of group.children) {
      button.setAttribute("aria-pressed", String(button.dataset.value === model.get("selected")));
    }
  }

  function draw() {
    group.setAttribute("aria-label", model.get("label"));
    const words = model.get("options");
    if (group.children.length !== words.length) {
      group.replaceChildren(...words.map(() => {
        const button = document.createElement("button");
        button.type = "button";
        return button;
      }));
    }
    words.forEach(([value, text], number) => {
      const button = group.children[number];
      button.dataset.value = value;
      button.textContent = text;
    });
    mark();
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    model.set("selected", button.dataset.value);
    model.save_changes();
    mark();
  });

  el.classList.add("ccm-tabs");
  model.on("change:options", draw);
  model.on("change:label", draw);
  model.on("change:selected", mark);
  draw();
}
export default { render };
