// The part that buys: micro-app runs it as a script, and calls what it leaves in the window.
let form;

window["micro-app-purchase"] = {
  async mount() {
    const { mount } = await import("havenask-instances/form");
    const { endpoint, onCreated } = window.microApp.getData();
    form = mount(document.querySelector(".purchase"), { endpoint, onCreated, name: "console-micro-app", lang: "en" });
  },
  unmount() {
    form.unmount();
  },
};
