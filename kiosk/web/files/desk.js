// The page around the desk: its size, its buttons, its tone, and what happens when the line closes.
// textual.js, which draws the desk, comes after this.
"use strict";
(() => {
  const LOCKED = 4001, IDLE = 4002, ELSEWHERE = 4003, OTHER_PAGE = 4005;
  const LANGUAGE_KEY = "\x1bOQ", CELL = 0.6, LINE = 1.2;
  const body = document.body, terminal = document.getElementById("terminal");
  const typing = document.getElementById("typing"), typed = document.getElementById("typed");
  const hasFinger = matchMedia("(pointer: coarse)").matches;
  let line = null, speaker = null;

  terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
  const wanted = innerWidth < 700 ? [45, 18] : [84, 26];  // columns and rows that should find room
  const fits = Math.min(terminal.clientWidth / wanted[0] / CELL, terminal.clientHeight / wanted[1] / LINE);
  terminal.dataset.fontSize = String(Math.min(Math.max(Math.floor(fits * 2) / 2, 11), 26));
  body.classList.add("wait");

  function veil(state) {
    body.classList.remove("wait", "lost", "other");
    if (state) body.classList.add(state);
  }
  function speak(language) {
    body.classList.remove("en", "zh");
    body.classList.add(language);
    typed.placeholder = typed.dataset[language];
  }
  speak(body.classList.contains("zh") ? "zh" : "en");

  function ring() {  // the bell of the desk: once good, twice bad, three times look
    if (!speaker) return;
    const tone = speaker.createOscillator(), volume = speaker.createGain(), now = speaker.currentTime;
    tone.frequency.value = 1400;
    volume.gain.setValueAtTime(0.2, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.12);
    tone.connect(volume).connect(speaker.destination);
    tone.start(now);
    tone.stop(now + 0.12);
  }
  for (const touch of ["pointerdown", "keydown"])  // a browser makes no sound before somebody has touched it
    addEventListener(touch, () => { speaker = speaker || new AudioContext(); }, { once: true, capture: true });

  async function comeBack() {
    try {
      await fetch("/", { method: "HEAD", cache: "no-store" });
      location.replace("/");
    } catch {
      setTimeout(comeBack, 2000);
    }
  }

  window.open = () => null;  // nothing that was scanned leads out of here
  const Line = window.WebSocket;
  window.WebSocket = class extends Line {
    constructor(...where) {
      super(...where);
      line = this;
      this.addEventListener("message", (event) => {
        veil("");
        if (event.data.byteLength === 1 && new Uint8Array(event.data)[0] === 7) ring();
      });
      this.addEventListener("close", (event) => {
        if (event.code === OTHER_PAGE) return veil("other");
        if (event.code === LOCKED) return location.replace("/");
        if (event.code === IDLE) return location.replace("/?ended=idle");
        if (event.code === ELSEWHERE) return location.replace("/?ended=elsewhere");
        veil("lost");
        setTimeout(comeBack, 1000);
      });
    }
    send(data) {
      if (this.readyState !== Line.OPEN) return;
      if (data === JSON.stringify(["stdin", LANGUAGE_KEY])) speak(body.classList.contains("zh") ? "en" : "zh");
      super.send(data);
    }
  };
  const press = (keys) => line && line.send(JSON.stringify(["stdin", keys]));

  const screen = () => terminal.querySelector("textarea");
  function toScreen() {
    if (hasFinger) screen()?.setAttribute("inputmode", "none");  // the glass shows no keyboard: the field below does
    screen()?.focus();
  }
  addEventListener("load", () => setTimeout(toScreen, 0));
  const buttons = [...document.querySelectorAll("#keys button")];
  for (const button of buttons) {
    button.addEventListener("pointerdown", (event) => event.preventDefault());  // the focus stays where it is
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => press(button.dataset.keys));
  }
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
    if (document.activeElement === body && event.key.length === 1) toScreen();
  }, true);

  if (window.visualViewport)  // a phone's keyboard covers the page instead of shrinking it
    visualViewport.addEventListener("resize", () => {
      body.style.height = visualViewport.height + "px";
      scrollTo(0, 0);
      dispatchEvent(new Event("resize"));
    });
})();
