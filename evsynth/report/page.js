"use strict";
// Lights the whole quote that a link leads to, filters tables, and opens folded parts for links and for printing.
// Everything on the page can be reached without it.
(function () {
  function light() {
    document.querySelectorAll("mark.lit").forEach(function (m) { m.classList.remove("lit"); });
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    var quote = target.closest("mark");
    if (!quote) { return; }
    document.querySelectorAll("mark").forEach(function (m) {
      if (m.dataset.q === quote.dataset.q) { m.classList.add("lit"); }
    });
    target.scrollIntoView({ block: "center" });
    if (!target.hasAttribute("tabindex")) { target.setAttribute("tabindex", "-1"); }
    target.focus({ preventScroll: true });
  }

  function filterValues(input) {
    var table = document.getElementById(input.dataset.filter);
    var bodies = Array.prototype.map.call(table.tBodies, function (body) {
      var rows = Array.prototype.slice.call(body.rows, 1);
      var head = body.rows[0].textContent.toLowerCase();
      return { body: body, rows: rows, texts: rows.map(function (r) { return head + " " + r.textContent.toLowerCase(); }) };
    });
    var output = input.parentElement.querySelector("output");
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0, all = 0;
      bodies.forEach(function (b) {
        var some = false;
        b.rows.forEach(function (row, i) {
          var fits = words.every(function (w) { return b.texts[i].indexOf(w) >= 0; });
          row.hidden = !fits;
          some = some || fits;
          shown += fits ? 1 : 0;
          all += 1;
        });
        b.body.hidden = !some;
      });
      output.textContent = words.length ? shown + " of " + all + " values" : "";
    });
  }

  function filterFindings(field) {
    var rows = document.querySelectorAll("#table-findings tbody tr");
    var boxes = field.querySelectorAll("input");
    var output = field.querySelector("output");
    field.addEventListener("change", function () {
      var wanted = {}, shown = 0;
      boxes.forEach(function (b) { wanted[b.dataset.severity] = b.checked; });
      rows.forEach(function (row) {
        row.hidden = !wanted[row.dataset.severity];
        shown += row.hidden ? 0 : 1;
      });
      output.textContent = shown + " of " + rows.length + " findings";
    });
  }

  document.querySelectorAll(".filter").forEach(function (f) { f.hidden = false; });
  document.querySelectorAll("input[data-filter]").forEach(filterValues);
  document.querySelectorAll("fieldset.filter").forEach(filterFindings);
  window.addEventListener("hashchange", light);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) { setTimeout(light, 0); }
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
  light();
})();
