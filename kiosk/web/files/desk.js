// The page around the desk: its size, its buttons, its tone. textual.js, which draws the desk, comes after this.
import { copyAndPaste } from "./copying.js";
import { lineClass } from "./line.js";
import { tellMissed } from "./missed.js";

const CONTROLS = /[\x00-\x1c\x1e-\x1f\x7f-\x9f\u2028\u2029]/g;  // of a code that is read: one scan, no keys; GS parts its fields
const CELL = 0.6, LINE = 1.2, NOT_TAKEN = 2;
const body = document.body, terminal = document.getElementById("terminal");
const typing = document.getElementById("typing"), typed = document.getElementById("typed");
const buttons = [...document.querySelectorAll("#keys button[data-keys]")];
const hasFinger = matchMedia("(pointer: coarse)").matches;
const camera = document.getElementById("camera");
let speaker = null;

terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
const wanted = innerWidth < 700 ? [45, 18] : [84, 26];  // columns and rows that should find room
const fits = Math.min(terminal.clientWidth / wanted[0] / CELL, terminal.clientHeight / wanted[1] / LINE);
terminal.dataset.fontSize = String(Math.min(Math.max(Math.floor(fits * 2) / 2, 11), 26));

function veil(state) {
  body.classList.remove("wait", "lost", "other");
  if (state) body.classList.add(state);
}
veil("wait");

function speak(language) {
  body.classList.remove("en", "zh");
  body.classList.add(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-en]")) {
    one.setAttribute("aria-label", one.dataset[language]);
    if ("placeholder" in one) one.placeholder = one.dataset[language];
  }
}
speak(body.classList.contains("zh") ? "zh" : "en");

function ring(times = 1) {  // the bell of the desk: once good, twice bad, three times look
  if (!speaker) return;
  for (let start = speaker.currentTime, one = 0; one < times; one += 1, start += 0.2) {
    const tone = speaker.createOscillator(), volume = speaker.createGain();
    tone.frequency.value = 1400;
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.12);
    tone.connect(volume).connect(speaker.destination);
    tone.start(start);
    tone.stop(start + 0.12);
  }
}
for (const touch of ["pointerdown", "keydown"])  // a browser makes no sound before somebody has touched it
  addEventListener(touch, () => { speaker = speaker || new AudioContext(); }, { once: true, capture: true });

function missed(text, isCertain) {
  tellMissed(text, isCertain);
  ring(NOT_TAKEN);
  navigator.vibrate?.([150, 80, 150]);
}

window.open = () => null;  // nothing that was scanned leads out of here
const names = Object.fromEntries(buttons.map((one) => [one.dataset.keys, one.querySelector("b").textContent]));
const Line = lineClass({ names, veil, missed, speak });
window.WebSocket = class extends Line {
  hear(data) {
    if (data.byteLength === 1 && new Uint8Array(data)[0] === 7) ring();
    super.hear(data);
  }
};
const press = (keys) => Line.current?.send(JSON.stringify(["stdin", keys]));

function toScreen() {
  const screen = terminal.querySelector("textarea");
  if (hasFinger) screen?.setAttribute("inputmode", "none");  // the glass shows no keyboard: the field below does
  screen?.focus();
}
addEventListener("load", () => setTimeout(toScreen, 0));
for (const button of document.querySelectorAll("#keys button, #see")) {
  button.addEventListener("pointerdown", (event) => event.preventDefault());  // the focus stays where it is
  button.addEventListener("mousedown", (event) => event.preventDefault());
}
for (const button of buttons) button.addEventListener("click", () => press(button.dataset.keys));
terminal.addEventListener("click", (event) => {  // a tap, for the menu of the desk: the cell as a terminal tells it
  const drawn = terminal.querySelector(".xterm-screen")?.getBoundingClientRect(), size = Line.current?.size;
  if (!drawn || !size) return;
  const cell = (at, from, length, count) => Math.floor((at - from) / length * count) + 1;
  const column = cell(event.clientX, drawn.left, drawn.width, size.width);
  const row = cell(event.clientY, drawn.top, drawn.height, size.height);
  if (column > 0 && row > 0) press(`\x1b[<0;${column};${row}M`);
});
typing.addEventListener("submit", (event) => {
  event.preventDefault();
  press(typed.value + "\r");
  typed.value = "";
  typed.focus();
});
typed.addEventListener("keydown", (event) => {
  const name = { Escape: "Esc", PageUp: "PgUp", PageDown: "PgDn" }[event.key] || event.key;
  const button = buttons.find((one) => one.querySelector("b").textContent === name);
  if (!button) return;
  event.preventDefault();
  typed.value = name === "Esc" ? "" : typed.value;
  button.click();
});
addEventListener("keydown", (event) => {  // a scanner types wherever the focus is
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.target.closest("input, textarea")) toScreen();
}, true);

const inWords = (kind, count = "") => {
  const said = body.querySelector(`#said .${kind} [lang=${body.classList.contains("zh") ? "zh" : "en"}]`);
  return said.textContent.replace("#", count);
};
copyAndPaste({
  terminal, typed, press,
  board: document.getElementById("copied"),
  ask: (count) => confirm(inWords("lines", count)),
});

let eye = null;
document.getElementById("see").addEventListener("click", async () => {
  if (eye === null) {
    const { Camera } = await import("./camera.js");
    const say = (kind) => { camera.querySelector("p").textContent = inWords(`camera-${kind}`); };
    eye = new Camera({ board: camera, say, take: (text) => { navigator.vibrate?.(40); press(text.replace(CONTROLS, " ").trim() + "\r"); } });
  }
  if (eye.isOpen) eye.close();
  else eye.open();
});
camera.querySelector("button").addEventListener("click", () => eye.close());

if (window.visualViewport)  // a phone's keyboard covers the page instead of shrinking it
  visualViewport.addEventListener("resize", () => {
    if (visualViewport.scale > 1) return;  // two fingers make it larger
    body.style.height = visualViewport.height + "px";
    scrollTo(0, 0);
    dispatchEvent(new Event("resize"));
  });
