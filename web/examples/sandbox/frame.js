import "havenask-instances/form";

document.querySelector("havenask-purchase-form").endpoint = new URLSearchParams(location.search).get("endpoint") ?? "/";
