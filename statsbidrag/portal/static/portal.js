// Small comforts. Everything works without them.
(() => {
  "use strict";

  // What is wrong takes focus, also where a browser does not heed autofocus.
  // It is asked once more when the page has loaded, since the browser has then gone to the part after # in the address.
  const takeFocus = () => document.querySelector("[data-takes-focus]")?.focus();
  takeFocus();
  window.addEventListener("load", takeFocus);

  // A form that is being sent is not sent again; coming back to the page makes it ready anew.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.removeAttribute("data-changed");
    setTimeout(() => ready(form), 8000); // a download answers without leaving the page
  });
  const ready = (form) => form.removeAttribute("data-sent");
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));

  // <form data-warns>: says so before what has been written is left behind.
  document.addEventListener("input", (event) => {
    event.target.closest("form[data-warns]")?.setAttribute("data-changed", "yes");
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-changed]:not([data-sent])")) event.preventDefault();
  });

  // <button type="button" data-copies="id" hidden>: copies the text of that element.
  document.querySelectorAll("[data-copies]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
      button.nextElementSibling.textContent = "Kopierat";
    });
  });
})();
