// Small comforts. Everything works without them.
(() => {
  "use strict";

  // What is wrong takes focus, also where a browser does not heed autofocus.
  // It is asked once more in the first frame after the page has loaded, which is when a browser goes to the part after #.
  const takeFocus = () => document.querySelector("[data-takes-focus]")?.focus();
  takeFocus();
  window.addEventListener("load", () => requestAnimationFrame(takeFocus));

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

  // <textarea data-counts="500">: counts what is written the way the server does, and says it when one pauses.
  const length = (text) => [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
  const count = (area) => {
    const left = area.dataset.counts - length(area.value);
    const says = document.getElementById(`${area.id}-counter`);
    if (!says) return;
    says.hidden = false;
    says.textContent = left < 0 ? `${-left} tecken för mycket` : `${left} tecken kvar`;
    says.classList.toggle("question__counter--over", left < 0);
  };
  const countAll = (root) => root.querySelectorAll("[data-counts]").forEach(count);
  countAll(document);
  document.addEventListener("input", (event) => { if (event.target.dataset?.counts) count(event.target); });

  // An option that stands alone unticks the others, and the others untick it.
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.checked) return;
    const group = box.closest("fieldset");
    const alone = "exclusive" in box.dataset;
    const others = [...(group?.querySelectorAll("input[type=checkbox]:checked") ?? [])];
    const off = others.filter((other) => other !== box && (alone || "exclusive" in other.dataset));
    off.forEach((other) => { other.checked = false; });
    if (off.length) say(box.form, "Ett annat val togs bort.");
  });

  // <form data-saves>: saves a page in the background, and lets the questions that now show come and go.
  const say = (form, text) => { const place = form?.querySelector("[data-says]"); if (place) place.textContent = text; };
  const redraw = (form, html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const now = form.querySelector("[data-questions]");
    ["version", "shown"].forEach((name) => {
      const value = fresh.querySelector(`input[name=${name}]`);
      if (value) form.querySelector(`input[name=${name}]`).value = value.value;
    });
    const wanted = [...fresh.querySelectorAll("[data-question]")];
    const ids = wanted.map((each) => each.dataset.question);
    now.querySelectorAll("[data-question]").forEach((each) => {
      if (!ids.includes(each.dataset.question)) { each.remove(); say(form, "En fråga visas inte längre."); }
    });
    let before = null;
    wanted.forEach((each) => {
      let here = now.querySelector(`[data-question="${each.dataset.question}"]`);
      if (!here) {
        here = document.importNode(each, true);
        if (before) before.after(here); else now.append(here);
        countAll(here);
        say(form, "En fråga till visas.");
      }
      each.querySelectorAll("[data-computed]").forEach((sum) => {
        here.querySelector(`[data-computed="${sum.dataset.computed}"]`)?.replaceWith(document.importNode(sum, true));
      });
      before = here;
    });
  };
  let waiting = null;
  const save = async (form) => {
    if (form.dataset.sent) return;
    const told = new FormData(form);
    told.set("action", "auto");
    const saved = form.querySelector("[data-saved]");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: told, credentials: "same-origin", redirect: "error" });
      if (form.dataset.sent) return;
      if (!answer.ok) throw new Error(answer.status);
      redraw(form, await answer.text());
      form.removeAttribute("data-changed");
      saved.textContent = `Sparat ${new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" })}`;
    } catch {
      form.setAttribute("data-changed", "yes"); // the browser then asks before the page is left
      saved.textContent = "Kunde inte spara just nu. Det du har skrivit står kvar och sparas när nätet är tillbaka. Du kan också trycka på Spara.";
    }
  };
  const later = (form, wait) => { clearTimeout(waiting); waiting = setTimeout(() => save(form), wait); };
  window.addEventListener("online", () => {
    document.querySelectorAll("form[data-saves][data-changed]").forEach((form) => later(form, 0));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-saves]");
    if (form) later(form, 2000);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-saves]");
    if (form) later(form, 100);
  });
})();
