// The part that buys: qiankun runs it as a script, which may import a module only when it needs it.
let form;

export const bootstrap = async () => {};

export const mount = async ({ container, endpoint, onCreated }) => {
  const { mount } = await import("havenask-instances/form");
  form = mount(container.querySelector(".purchase"), { endpoint, onCreated, name: "console-micro", lang: "en" });
};

export const unmount = async () => form.unmount();
