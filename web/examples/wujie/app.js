// The part that buys: wujie runs it in a frame, whose document it draws into the console's.
let form;

window.__WUJIE_MOUNT = async () => {
  const { mount } = await import("havenask-instances/form");
  const { endpoint, onCreated } = window.$wujie.props;
  form = mount(document.querySelector(".purchase"), { endpoint, onCreated, name: "console-wujie", lang: "en" });
};

window.__WUJIE_UNMOUNT = () => form.unmount();
