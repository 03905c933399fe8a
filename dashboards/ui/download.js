// Asks the kernel for a file, and hands it to the browser when it comes.
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  el.append(button);

  function draw() {
    button.textContent = model.get("label");
  }

  function come(content, buffers) {
    const file = new Blob([buffers[0]], { type: content.kind });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = content.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  button.addEventListener("click", () => model.send("make"));
  model.on("change:label", draw);
  model.on("msg:custom", come);
  draw();
}
export default { render };
