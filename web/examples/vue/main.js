import { createApp, h, onBeforeUnmount, onMounted, ref, watch } from "vue";
import { mount } from "havenask-instances/form";

const endpoint = new URLSearchParams(location.search).get("endpoint") ?? "/";

const PurchaseForm = {
  props: ["endpoint", "name", "lang", "theme"],
  emits: ["created", "failed", "unknown"],
  setup(props, { emit }) {
    const place = ref();
    let form;
    onMounted(() => {
      form = mount(place.value, {
        ...props,
        onCreated: (created) => emit("created", created),
        onFailed: (failure) => emit("failed", failure),
        onUnknown: (failure) => emit("unknown", failure),
      });
    });
    watch(props, () => form.update(props));
    onBeforeUnmount(() => form.unmount());
    return () => h("div", { ref: place });
  },
};

const Console = {
  setup() {
    const said = ref("Nothing is bought.");
    const theme = ref();
    const lang = ref("en");
    const form = () =>
      h(PurchaseForm, {
        endpoint,
        name: "console-vue",
        lang: lang.value,
        theme: theme.value,
        onCreated: ({ instanceId }) => (said.value = `Bought ${instanceId}`),
        onFailed: ({ message }) => (said.value = `Not bought: ${message}`),
        onUnknown: () => (said.value = "It may have been bought."),
      });
    return () => [
      h("header", { class: "bar" }, [
        h("strong", "Console"),
        h("button", { onClick: () => (theme.value = "dark") }, "Dark"),
        h("button", { onClick: () => (lang.value = "zh-CN") }, "中文"),
        h("output", { id: "said" }, said.value),
      ]),
      h("main", [form()]),
    ];
  },
};

createApp(Console).mount("#root");
