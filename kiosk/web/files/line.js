// The line between the page and its desk. It comes back by itself. Nothing is sent on later: a scan that is done
// minutes after it was made is done when nobody looks. Instead the page tells, loudly, what was not taken.
const LOCKED = 4001, IDLE = 4002, ELSEWHERE = 4003, OTHER_PAGE = 4005;
const ESC = "\x1b", OPEN = 1, LOOK_MS = 5000, PATIENCE_MS = 4000, AGAIN_MS = 1500, ONE_SCAN_MS = 1000;
const ENDS = /[\r\n]/, SHOWN = 4, SHORTEST_SHOWN = 10, MOST = 200;
const LEAVES_TO = { [LOCKED]: "/?ended=locked", [IDLE]: "/?ended=idle", [ELSEWHERE]: "/?ended=elsewhere" };

/** The last characters of what looks like a parcel's number, never of a PIN. */
function shown(text) {
  const whole = text.trim();
  return whole.length >= SHORTEST_SHOWN && !/\s/.test(whole) ? "…" + whole.slice(-SHOWN) : "…";
}

/**
 * In place of the browser's WebSocket, for the terminal of the page. `names`: what the sequence of a key is called.
 * `veil(state)`: the line is "wait", "lost", "other", or "" where it stands. `missed(text, isCertain)`: that was not
 * taken, or perhaps not. `speak(language)`: the desk does.
 */
export function lineClass({ names, veil, missed, speak }) {
  const Socket = window.WebSocket;
  return class Line extends EventTarget {
    constructor(address) {
      super();
      this.address = address;
      this.size = null;
      this.typed = "";
      this.isCut = false;  // the beginning of what is being scanned was not taken, so its end must not be
      this.keyAt = Date.now();
      this.waiting = new Map();  // told to the desk, by number, until it says that it has read it
      this.count = 0;
      this.asked = 0;  // when the desk was asked for an answer that has not come, in ms
      Line.current = this;
      this.open();
      for (const keys of earlyKeys()) this.follow(keys);
      setInterval(() => this.look(), LOOK_MS);
      for (const change of ["offline", "online"]) addEventListener(change, () => this.look());
    }

    get isOpen() { return this.socket !== null && this.socket.readyState === OPEN; }

    open() {
      const address = new URL(this.address);
      if (this.size) for (const side of ["width", "height"]) address.searchParams.set(side, this.size[side]);
      const socket = this.socket = new Socket(address);
      let wasOpen = false;
      socket.binaryType = "arraybuffer";
      socket.onopen = () => { wasOpen = true; this.dispatchEvent(new Event("open")); };
      socket.onmessage = (event) => this.hear(event.data);
      socket.onclose = (event) => { if (this.socket === socket) this.lose(event.code, wasOpen); };
    }

    hear(data) {
      this.asked = 0;
      if (typeof data !== "string") veil("");
      else if (this.confirm(JSON.parse(data))) return;
      this.dispatchEvent(new MessageEvent("message", { data }));
    }

    confirm([kind, what]) {
      if (kind === "language") {
        speak(what);
        return true;
      }
      if (kind !== "pong" || !String(what).startsWith("n")) return false;
      const number = Number(what.slice(1));
      for (const one of [...this.waiting.keys()]) if (one <= number) this.waiting.delete(one);
      return true;
    }

    send(data) {
      const [kind, what] = JSON.parse(data);
      if (kind === "resize") this.size = what;
      if (kind === "stdin") this.forget();
      const isHeldBack = kind === "stdin" && this.isCut && !names[what] && !what.startsWith("\x1b");
      if (this.isOpen && !isHeldBack) this.socket.send(data);
      if (kind === "stdin") this.follow(what);
    }

    /** What goes along the line, until somebody at the other end has it. */
    follow(keys) {
      if (names[keys]) {
        if (keys === ESC) this.begin();
        return this.note(names[keys], this.isOpen);
      }
      if (keys.startsWith("\x1b")) return undefined;  // what the terminal tells by itself
      this.typed = (this.typed + keys).slice(-MOST);
      this.isCut ||= !this.isOpen;
      if (!ENDS.test(keys)) return undefined;
      const text = shown(this.typed), isSent = !this.isCut;
      this.begin();
      return this.note(text, isSent);
    }

    /** A scan is made in one go: what was begun before is none of it. */
    forget() {
      if (Date.now() - this.keyAt > ONE_SCAN_MS) this.begin();
      this.keyAt = Date.now();
    }

    /** Of the next scan nothing has come yet. */
    begin() {
      this.typed = "";
      this.isCut = false;
    }

    note(text, isSent) {
      if (!isSent) return missed(text, true);
      this.waiting.set(++this.count, text);
      return this.ask();
    }

    ask() {
      this.socket.send(JSON.stringify(["ping", `n${this.count}`]));
      this.asked = this.asked || Date.now();
      setTimeout(() => this.look(), PATIENCE_MS);
    }

    /** A line can be dead for minutes before the browser says so. */
    look() {
      if (!this.isOpen) return;
      if (!this.asked) this.ask();
      else if (Date.now() - this.asked >= PATIENCE_MS) this.lose(0, true);
    }

    lose(code, wasOpen) {
      this.socket.onclose = this.socket.onmessage = null;
      this.socket.close();
      this.socket = null;
      this.asked = 0;
      for (const text of this.waiting.values()) missed(text, false);
      this.waiting.clear();
      if (code === OTHER_PAGE) return veil("other");
      if (LEAVES_TO[code]) return location.replace(LEAVES_TO[code]);
      veil("lost");
      return setTimeout(() => this.comeBack(wasOpen), AGAIN_MS);
    }

    /** A line that does not open though the page can be had: whoever was here has to sign in again. */
    async comeBack(wasOpen) {
      try {
        await fetch("/", { method: "HEAD", cache: "no-store" });
        if (wasOpen) this.open();
        else location.replace("/");
      } catch {
        setTimeout(() => this.comeBack(true), AGAIN_MS);
      }
    }
  };
}
