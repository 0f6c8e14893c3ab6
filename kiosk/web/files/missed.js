// What was scanned or pressed while the line was away: told until somebody has seen it, also by the next page.
const KEPT = "kiosk-missed", MOST = 50;
const board = document.getElementById("missed");
const kept = JSON.parse(sessionStorage.getItem(KEPT) || "[]");

function paint() {
  board.hidden = kept.length === 0;
  for (const isCertain of [true, false]) {
    const texts = kept.filter((one) => one.isCertain === isCertain).map((one) => one.text);
    const line = board.querySelector(isCertain ? ".certain" : ".doubtful");
    line.hidden = texts.length === 0;
    line.querySelector("b").textContent = `${texts.length}: ${texts.join("  ")}`;
  }
  dispatchEvent(new Event("resize"));  // the desk below it stays in sight
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

/** `isCertain`: it never left the page. */
export function tellMissed(text, isCertain) {
  kept.push({ text, isCertain });
  kept.splice(0, kept.length - MOST);
  paint();
}

board.querySelector("button").addEventListener("click", () => {
  kept.length = 0;
  paint();
});
paint();
