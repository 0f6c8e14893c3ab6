// Keys that are pressed before the desk can take them: a scanner does not wait for a page. Who takes over gets them.
{
  const keys = [];
  const keep = ({ key, ctrlKey, metaKey, target }) => {
    if (ctrlKey || metaKey || target.closest?.("input")) return;
    if (key === "Enter") keys.push("\r");
    else if (key.length === 1) keys.push(key);
  };
  addEventListener("keydown", keep, true);
  window.earlyKeys = () => {
    removeEventListener("keydown", keep, true);
    return keys.splice(0);
  };
}
