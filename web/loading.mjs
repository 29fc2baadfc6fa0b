// Shows how much of the form is loaded. The page that it stands in goes away when the form is there.
export default function loading() {
  const progress = document.getElementById("loading-progress");
  return {
    onProgress({ current, total }) {
      if (progress && total > 0) {
        progress.max = total;
        progress.value = Math.min(current, total);
      }
    },
    onFailure(error) {
      document.getElementById("loading")?.remove();
      document.querySelector(".skeleton")?.remove();
      document.getElementById("loading-failed")?.removeAttribute("hidden");
      console.error(error);
    },
  };
}
