// Every signed-in page keeps one small websocket to the server. By it the page learns that it ends, and why, and then
// goes to a page that says so: nothing of the patients stays on the screen of somebody who has signed out.
"use strict";

const SAY_EVERY_MS = 30000;
const RETRY_MS = [1000, 2000, 5000, 10000];

let socket = null;
let failures = 0;
let leaving = false;
let lastSaid = 0;

// The widgets' client puts its own frame at the end of the body; it belongs into the main part of the page.
new MutationObserver((_, watch) => {
  const shell = document.querySelector("body > .jp-LabShell");
  if (!shell) return;
  watch.disconnect();
  document.querySelector("main").append(shell);
  // Its empty panels would be a second head and foot to a screen reader.
  for (const panel of shell.querySelectorAll("[role=banner], [role=contentinfo]")) panel.removeAttribute("role");
}).observe(document.documentElement, { childList: true, subtree: true });

// The widgets' client calls these when it has drawn what it found.
window.voila_process = function () {};
window.voila_heartbeat = function () {};
window.voila_finish = function () {
  const loading = document.getElementById("loading");
  const cells = document.getElementById("rendered_cells");
  if (loading) loading.remove();
  if (cells) cells.hidden = false;
};

function kernel() {
  return document.body.dataset.kernel || "";
}

function address(path) {
  return path + (kernel() ? "/" + kernel() : "");
}

function leave(why) {
  if (leaving) return;
  leaving = true;
  navigator.sendBeacon = () => true;  // the widgets' client would end a kernel that has ended already
  const page = document.body.dataset.page;
  window.location.replace("/over/" + why + (page ? "?page=" + encodeURIComponent(page) : ""));
}

function banner(id, kind, text, buttonText, onClick) {
  if (document.getElementById(id)) return;
  const box = document.createElement("div");
  box.id = id;
  box.className = "banner " + kind;
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (buttonText) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: buttonText });
    button.addEventListener("click", onClick);
    box.append(button);
  }
  document.querySelector("main").before(box);
}

function drop(id) {
  const box = document.getElementById(id);
  if (box) box.remove();
}

function used(always) {
  const now = Date.now();
  if (!socket || socket.readyState !== WebSocket.OPEN || (!always && now - lastSaid < SAY_EVERY_MS)) return;
  lastSaid = now;
  socket.send("used");
}

function heard(message) {
  if (message.state === "over") leave(message.why);
  if (message.state === "on") drop("soon");
  if (message.state === "soon") {
    const minutes = Math.max(1, Math.ceil(message.seconds / 60));
    const text = "Nobody has used this page for a while. You will be signed out in " + minutes + " min.";
    banner("soon", "review", text, "Stay signed in", () => used(true));
  }
}

async function lost() {
  if (leaving) return;
  failures += 1;
  try {
    const answer = await (await fetch(address("/still"), { cache: "no-store" })).json();
    if (answer.over) return leave(answer.over);
  } catch {
    banner("lost", "hold", "The server cannot be reached. What you see may be old; what you enter now is not saved.");
  }
  setTimeout(connect, RETRY_MS[Math.min(failures - 1, RETRY_MS.length - 1)]);
}

function connect() {
  const scheme = window.location.protocol === "https:" ? "wss://" : "ws://";
  socket = new WebSocket(scheme + window.location.host + address("/presence"));
  socket.onopen = () => { failures = 0; drop("lost"); };
  socket.onmessage = (event) => heard(JSON.parse(event.data));
  socket.onclose = lost;
}

document.addEventListener("DOMContentLoaded", () => {
  if (document.body.dataset.presence !== "yes") return;
  window.cellLoaded = true;
  if (window.themeLoaded) window.voila_finish();
  connect();
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => used(false), { passive: true });
});

window.addEventListener("beforeunload", () => { leaving = true; });
// A page that comes back from the browser's memory is asked about anew.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
