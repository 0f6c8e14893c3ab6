// Copy and paste as people do. The terminal paints on a canvas: what is selected on it, only the terminal knows.
const LONG_MS = 500, MOVED = 12;  // px
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** What is selected on the terminal: it puts that on whatever is to be copied. */
function selected(terminal) {
  const carried = new DataTransfer();
  const asked = new ClipboardEvent("copy", { clipboardData: carried, bubbles: false, cancelable: true });
  terminal.querySelector(".xterm")?.dispatchEvent(asked);
  return carried.getData("text/plain").split("\n").map((line) => line.trimEnd()).join("\n").trim();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // by plain http there is none
    const copied = (event) => { event.clipboardData.setData("text/plain", text); event.preventDefault(); event.stopPropagation(); };
    addEventListener("copy", copied, { capture: true, once: true });
    document.execCommand("copy");
    removeEventListener("copy", copied, { capture: true });
  }
}

/** Lines that were pasted, each to be ended with Enter, and what follows the last of them. */
function linesOf(text) {
  const lines = text.replace(/\r\n?/g, "\n").replaceAll("\t", " ").replace(CONTROLS, "").split("\n");
  const rest = lines.pop();
  return [lines.filter((line) => line.trim()), rest];
}

/** `press(keys)` types at the desk, `ask(count)`: whether that many lines are meant. */
export function copyAndPaste({ terminal, typed, board, press, ask }) {
  const isAtDesk = (target) => target === document.body || terminal.contains(target);

  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !isAtDesk(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "v" || ((key === "c" || key === "x") && selected(terminal))) event.stopImmediatePropagation();
  }, true);  // the browser does the rest, the terminal would take them for keys of the desk

  addEventListener("copy", (event) => {
    if (!isAtDesk(event.target) || event.target.classList?.contains("xterm")) return;
    const text = selected(terminal);
    if (!text) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  addEventListener("paste", (event) => {
    const isTyped = event.target === typed;
    if (!isTyped && !isAtDesk(event.target)) return;
    const [lines, rest] = linesOf(event.clipboardData.getData("text/plain"));
    if (isTyped && lines.length === 0) return;  // as in any field
    event.preventDefault();
    event.stopImmediatePropagation();
    if (lines.length + (rest.trim() ? 1 : 0) > 1 && !ask(lines.length + (rest.trim() ? 1 : 0))) return;
    for (const line of lines) press(line + "\r");
    if (isTyped) typed.value += rest;
    else if (rest) press(lines.length ? rest + "\r" : rest);
  }, true);

  const at = (kind, touch, detail) => {
    const mouse = { clientX: touch.clientX, clientY: touch.clientY, button: 0, buttons: 1, detail, bubbles: true };
    (terminal.querySelector(".xterm-screen") || terminal).dispatchEvent(new MouseEvent(kind, mouse));
  };
  let timer = 0, begun = null, isSelecting = false;
  const show = () => {
    const text = selected(terminal);
    board.hidden = !text;
    board.querySelector("b").textContent = text;
  };
  terminal.addEventListener("touchstart", (event) => {
    [begun] = event.touches;
    isSelecting = false;
    board.hidden = true;
    clearTimeout(timer);
    if (event.touches.length > 1) return;
    timer = setTimeout(() => {  // a word, as a double click selects it; a finger that moves on takes more
      isSelecting = true;
      terminal.classList.add("selecting");
      at("mousedown", begun, 2);
      navigator.vibrate?.(15);
    }, LONG_MS);
  }, { passive: true });
  terminal.addEventListener("touchmove", (event) => {
    const [touch] = event.touches;
    if (isSelecting) {
      event.preventDefault();
      at("mousemove", touch, 0);
    } else if (Math.hypot(touch.clientX - begun.clientX, touch.clientY - begun.clientY) > MOVED) clearTimeout(timer);
  }, { passive: false });
  for (const end of ["touchend", "touchcancel"])
    terminal.addEventListener(end, (event) => {
      clearTimeout(timer);
      if (!isSelecting) return;
      event.preventDefault();  // no click follows, which would end the selection
      at("mouseup", event.changedTouches[0], 1);
      show();
      terminal.classList.remove("selecting");
      isSelecting = false;
    });
  terminal.addEventListener("contextmenu", (event) => { if (begun) event.preventDefault(); });
  board.querySelector(".copy").addEventListener("click", async () => {
    await copy(board.querySelector("b").textContent);
    board.hidden = true;
  });
  board.querySelector(".close").addEventListener("click", () => { board.hidden = true; });
}
