import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { mount } from "havenask-instances/form";

const endpoint = new URLSearchParams(location.search).get("endpoint") ?? "/";

function PurchaseForm(props) {
  const place = useRef(null);
  const form = useRef(null);
  useEffect(() => {
    form.current = mount(place.current, props);
    return () => form.current.unmount();
  }, []);
  useEffect(() => form.current.update(props));
  return <div ref={place} />;
}

function Console() {
  const [said, say] = useState("Nothing is bought.");
  const [theme, setTheme] = useState();
  const [lang, setLang] = useState("en");
  return (
    <>
      <header className="bar">
        <strong>Console</strong>
        <button onClick={() => setTheme("dark")}>Dark</button>
        <button onClick={() => setLang("zh-CN")}>中文</button>
        <output id="said">{said}</output>
      </header>
      <main>
        <PurchaseForm
          endpoint={endpoint}
          name="console-react"
          lang={lang}
          theme={theme}
          onCreated={({ instanceId }) => say(`Bought ${instanceId}`)}
          onFailed={({ message }) => say(`Not bought: ${message}`)}
          onUnknown={() => say("It may have been bought.")}
        />
      </main>
    </>
  );
}

createRoot(document.querySelector("#root")).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
