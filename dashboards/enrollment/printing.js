// Asks the kernel for a page, and prints it from a frame of its own, so that nothing of the dashboard is on the paper.
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  el.append(button);

  function draw() {
    button.textContent = model.get("label");
  }

  function come(content) {
    const frame = document.createElement("iframe");
    frame.title = "Letter to print";
    frame.className = "unseen";
    frame.srcdoc = content.html;
    frame.addEventListener("load", () => {
      frame.contentWindow.addEventListener("afterprint", () => frame.remove());
      frame.contentWindow.print();
    });
    el.append(frame);
  }

  button.addEventListener("click", () => model.send("make"));
  model.on("change:label", draw);
  model.on("msg:custom", come);
  draw();
}
export default { render };
