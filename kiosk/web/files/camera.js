// The phone's camera as a scanner. The browser's own reader where it has one, else ours, which is loaded only then.
const LOOK_MS = 120, GONE_MS = 1500, WIDTH = 960, PART = 0.8;  // of the picture: what lies beside is not meant
const NEEDED = ["code_128", "qr_code", "ean_13"];
const SEEN = { NotAllowedError: "refused", NotFoundError: "none", OverconstrainedError: "none" };

async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats();
  if (!NEEDED.every((one) => formats.includes(one))) return null;
  const detector = new BarcodeDetector({ formats });
  return async (picture) => (await detector.detect(picture)).map((one) => one.rawValue);
}

function carriedReader() {
  const worker = new Worker("/file/reading.js");
  return (picture) => new Promise((tell, fail) => {
    worker.onmessage = ({ data }) => (Array.isArray(data) ? tell(data) : fail(new Error(data.broken)));
    worker.onerror = () => fail(new Error("reading.js"));
    worker.postMessage(picture);
  });
}

/** Opens and closes it. `take(text)`: read. `board` has a video, a line to be read, and its sentences in data-…. */
export class Camera {
  constructor({ board, take, say }) {
    this.board = board;
    this.take = take;
    this.say = say;
    this.video = board.querySelector("video");
    this.canvas = document.createElement("canvas");
    this.stream = null;
    this.last = { text: "", at: 0 };
  }

  get isOpen() { return !this.board.hidden; }

  async open() {
    this.show(true);
    this.say("wait");
    if (!window.isSecureContext || !navigator.mediaDevices) return this.say("insecure");
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      if (!this.isOpen) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      this.video.srcObject = stream;
      await this.video.play();
      this.read = this.read || (await ownReader()) || carriedReader();
      this.say("aim");
      return this.look(stream);
    } catch (broken) {
      this.stop();
      return this.say(SEEN[broken.name] || "broken");
    }
  }

  close() {
    this.stop();
    this.show(false);
  }

  show(isOpen) {
    this.board.hidden = !isOpen;
    dispatchEvent(new Event("resize"));
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = this.video.srcObject = null;
  }

  async look(stream) {
    while (this.stream === stream) {
      try {
        if (!document.hidden) this.judge(await this.read(this.picture()));
      } catch {
        this.say("broken");
      }
      await new Promise((over) => setTimeout(over, LOOK_MS));
    }
  }

  picture() {
    const { videoWidth, videoHeight } = this.video, canvas = this.canvas;
    const [width, height] = [videoWidth * PART, videoHeight * PART], scale = Math.min(1, WIDTH / width);
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(this.video, (videoWidth - width) / 2, (videoHeight - height) / 2, width, height,
      0, 0, canvas.width, canvas.height);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  }

  /** One code, once, until it has been out of sight for a while. Of two in one picture none is meant for certain. */
  judge(texts) {
    const now = Date.now(), found = [...new Set(texts)];
    if (now - this.last.at >= GONE_MS) this.last.text = "";
    if (found.includes(this.last.text)) this.last.at = now;
    else if (found.length > 1) this.say("several");
    else if (found.length === 1) {
      this.last = { text: found[0], at: now };
      this.say("aim");
      this.take(found[0]);
    }
  }
}
