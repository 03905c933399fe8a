// A live region that stays in the page, so that a screen reader reads out what is put into it.
const MARKS = { done: ["✓", "ready"], note: ["", "note"], problem: ["✗", "hold"] };

function render({ model, el }) {
  const line = document.createElement("div");
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "polite");
  el.append(line);

  function draw() {
    const [mark, kind] = MARKS[model.get("tone")] || MARKS.note;
    const text = model.get("text");
    line.className = text ? `notice ${kind}` : "unseen";
    line.textContent = text && `${mark} ${text}`.trim();
  }

  el.classList.add("ccm-message");
  model.on("change:text", draw);
  model.on("change:tone", draw);
  draw();
}
export default { render };
