// The view "Developer": the element `havenask-developer`, with the request, the region and the language as attributes. It is
// loaded when the view is first opened, with the npm package beside it.
import init, { samples, sign, validate, verifyRequest } from "./index.js";
import { parse, Unreadable } from "./parse-request.mjs";
import { texts } from "./texts.mjs";

const STAND_IN = { accessKeyId: "EXAMPLE-KEY-ID", accessKeySecret: "EXAMPLE-KEY-SECRET" };

const block = (id, title) => `
  <div class="developer-block">
    <div class="developer-bar">
      <h3 id="${id}-title" data-text="${title}"></h3>
      <button type="button" class="button button-small" data-copies="${id}" data-text="COPY"></button>
    </div>
    <pre id="${id}" translate="no" role="group" aria-labelledby="${id}-title" tabindex="0"></pre>
  </div>`;

const input = (id, label, attributes) => `
  <div class="field">
    <label class="label" for="${id}" data-text="${label}"></label>
    <input class="input" id="${id}" autocomplete="off" autocapitalize="off" spellcheck="false" ${attributes} />
  </div>`;

const MARKUP = `
  <section class="part" aria-labelledby="developer-sample-title">
    <h2 class="part-title" id="developer-sample-title" data-text="SAMPLE"></h2>
    <p class="hint" data-text="SAMPLE_HINT"></p>
    <div class="developer-note" id="developer-problems" hidden>
      <p data-text="INCOMPLETE"></p>
      <ul></ul>
    </div>
    <div class="developer-bar">
      <div class="field">
        <label class="label" for="developer-language" data-text="LANGUAGE"></label>
        <select class="input" id="developer-language">
          <option value="curl">curl</option>
          <option value="python">Python</option>
          <option value="node">Node.js</option>
          <option value="java">Java</option>
          <option value="go">Go</option>
          <option value="cli" data-text="CLI"></option>
          <option value="javascript" data-text="PACKAGE"></option>
        </select>
      </div>
      <button type="button" class="button button-small" data-copies="developer-sample" data-text="COPY"></button>
    </div>
    <pre id="developer-sample" translate="no" role="group" aria-labelledby="developer-sample-title" tabindex="0"></pre>
  </section>
  <section class="part" aria-labelledby="developer-stages-title">
    <h2 class="part-title" id="developer-stages-title" data-text="STAGES"></h2>
    <p class="hint" data-text="STAGES_HINT"></p>
    <div class="developer-pair">
      ${block("developer-canonical", "CANONICAL")}
      ${block("developer-string", "STRING_TO_SIGN")}
    </div>
  </section>
  <section class="part" aria-labelledby="developer-check-title">
    <h2 class="part-title" id="developer-check-title" data-text="CHECK"></h2>
    <p class="hint" data-text="CHECK_HINT"></p>
    <form autocomplete="off" novalidate>
      <div class="field">
        <label class="label" for="developer-pasted" data-text="PASTED"></label>
        <textarea class="input" id="developer-pasted" rows="10" autocomplete="off" autocapitalize="off"
          spellcheck="false" aria-describedby="developer-pasted-hint"></textarea>
        <p class="hint" id="developer-pasted-hint" data-text="PASTED_HINT"></p>
      </div>
      <div class="developer-keys">
        ${input("developer-key-id", "KEY_ID", `type="text"`)}
        ${input("developer-secret", "SECRET", `type="password" aria-describedby="developer-secret-hint"`)}
        ${input("developer-token", "TOKEN", `type="password"`)}
      </div>
      <p class="hint" id="developer-secret-hint" data-text="SECRET_HINT"></p>
      <button class="button button-primary" data-text="VERIFY"></button>
    </form>
    <div class="developer-verdict" role="status"></div>
    <div id="developer-computed" hidden>
      <p class="hint" data-text="COMPUTED"></p>
      <div class="developer-pair">
        ${block("developer-computed-canonical", "CANONICAL")}
        ${block("developer-computed-string", "STRING_TO_SIGN")}
      </div>
    </div>
  </section>
  <p class="visually-hidden" id="developer-news" role="status"></p>`;

const line = (name, text, className = "") =>
  Object.assign(document.createElement(name), { textContent: text, className });

class Developer extends HTMLElement {
  static observedAttributes = ["lang", "region", "request"];
  #started = false;
  /** The result of the last check: a title, a text with its detail, and the verification. */
  #found;

  async connectedCallback() {
    try {
      await init();
    } catch (error) {
      console.error(error);
      this.replaceChildren(line("p", this.#say("NOT_STARTED"), "developer-note"));
      return;
    }
    if (!this.isConnected) return;
    this.innerHTML = MARKUP;
    this.#get("language").addEventListener("change", () => this.#show());
    const form = this.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#found = this.#check();
      this.#tell();
    });
    form.addEventListener("input", () => {
      this.#found = undefined;
      this.#tell();
    });
    for (const button of this.querySelectorAll("[data-copies]")) {
      button.addEventListener("click", () => this.#copy(button.dataset.copies));
    }
    this.#started = true;
    this.attributeChangedCallback();
  }

  /** Nothing of what was typed outlives the view. */
  disconnectedCallback() {
    this.#found = undefined;
    for (const typed of this.querySelectorAll("input, textarea")) typed.value = "";
    this.replaceChildren();
  }

  attributeChangedCallback() {
    if (!this.#started) return;
    for (const element of this.querySelectorAll("[data-text]")) element.textContent = this.#say(element.dataset.text);
    for (const button of this.querySelectorAll("[data-copies]")) {
      const title = this.#get(`${button.dataset.copies}-title`, "").textContent;
      button.setAttribute("aria-label", `${this.#say("COPY")}: ${title}`);
    }
    this.#show();
    this.#tell();
  }

  #get(id, prefix = "developer-") {
    return this.querySelector(`#${prefix}${id}`);
  }

  get #locale() {
    return this.lang.startsWith("zh") ? "zh" : "en";
  }

  #say(name, detail) {
    const [en, zh] = texts[name];
    return (this.#locale === "zh" ? zh : en).replace("{detail}", () => detail);
  }

  /** Shows the request as code, and what of it is signed. */
  #show() {
    const request = JSON.parse(this.getAttribute("request"));
    const region = this.getAttribute("region");
    const wrong = validate(request, { locale: this.#locale }).filter((problem) => problem.severity === "error");
    this.#get("problems").hidden = !wrong.length;
    this.#get("problems").lastElementChild.replaceChildren(...wrong.map((problem) => line("li", problem.message)));
    this.#get("sample").textContent = samples(request, { language: this.#get("language").value, region });
    const signed = sign(request, { credentials: STAND_IN, region });
    this.#get("canonical").textContent = signed.canonicalRequest;
    this.#get("string").textContent = signed.stringToSign;
  }

  #check() {
    const typed = (id) => this.#get(id).value.trim();
    const [accessKeyId, accessKeySecret, securityToken] = ["key-id", "secret", "token"].map(typed);
    try {
      const request = parse(this.#get("pasted").value);
      if (!accessKeyId || !accessKeySecret) throw new Unreadable("KEYS_MISSING");
      const keys = { accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) };
      const verification = verifyRequest(request, keys);
      return verification.valid
        ? { title: "VALID", text: "VALID_NEXT", verification }
        : { title: "NOT_VALID", text: verification.reason, verification };
    } catch (error) {
      const [text, detail] = error instanceof Unreadable ? [error.code, error.detail] : ["REFUSED", error.message];
      return { title: "NOT_READ", text, detail };
    }
  }

  /** Says what the last check found. */
  #tell() {
    const { title, text, detail, verification = {} } = this.#found ?? {};
    const verdict = this.querySelector(".developer-verdict");
    verdict.dataset.kind = title ?? "";
    verdict.replaceChildren(...(title ? [line("h3", this.#say(title)), line("p", this.#say(text, detail))] : []));
    const { canonicalRequest, stringToSign } = verification;
    this.#get("computed").hidden = stringToSign === undefined;
    this.#get("computed-canonical").textContent = canonicalRequest ?? "";
    this.#get("computed-canonical").parentElement.hidden = canonicalRequest === undefined;
    this.#get("computed-string").textContent = stringToSign ?? "";
  }

  async #copy(id) {
    let told = "COPIED";
    try {
      // A page that was loaded without TLS has no clipboard.
      await navigator.clipboard.writeText(this.#get(id, "").textContent);
    } catch {
      told = "COPY_FAILED";
    }
    this.#get("news").textContent = this.#say(told);
  }
}

customElements.define("havenask-developer", Developer);
