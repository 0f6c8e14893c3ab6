// Runs beside the page (a worker): reads codes in pictures. Of all pages and scripts this one alone may run WebAssembly.
"use strict";
importScripts("/file/zxing.js");
ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => "/file/zxing_reader.wasm" } });

onmessage = async ({ data }) => {
  try {
    const found = await ZXingWASM.readBarcodes(data, { formats: ["AllReadable"], textMode: "Plain", tryInvert: false });
    postMessage(found.filter((one) => one.isValid && one.text).map((one) => one.text));
  } catch (broken) {
    postMessage({ broken: String(broken) });
  }
};
