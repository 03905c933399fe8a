// Shows how long the timer has run. The kernel says where it stands; between two of its messages the page counts on.
function render({ model, el }) {
  const face = document.createElement("span");
  const words = document.createElement("span");
  face.className = "face";
  face.setAttribute("role", "timer");
  face.setAttribute("aria-live", "off");
  words.className = "muted";
  el.append(face, words);
  el.classList.add("ccm-clock");
  let since = Date.now();

  const two = (number) => String(number).padStart(2, "0");

  function draw() {
    const run = model.get("running") ? Math.floor((Date.now() - since) / 1000) : 0;
    const all = model.get("seconds") + run;
    const hours = Math.floor(all / 3600);
    const minutes = Math.floor(all / 60) % 60;
    face.textContent = (hours ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(all % 60)}`;
    words.textContent = model.get("words");
    el.classList.toggle("on", model.get("running"));
  }

  function set() {
    since = Date.now();
    draw();
  }

  model.on("change:seconds", set);
  model.on("change:running", set);
  model.on("change:words", draw);
  model.on("msg:custom", set);
  const tick = setInterval(draw, 1000);
  draw();
  return () => clearInterval(tick);
}
export default { render };
