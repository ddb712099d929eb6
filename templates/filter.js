// Show only the rows of a state. The page is whole without it.
(function () {
  var box = document.querySelector(".filter"), input = document.getElementById("find");
  if (!box || !input) return;
  box.hidden = false;
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  input.addEventListener("input", function () {
    var wanted = plain(input.value.trim());
    document.querySelectorAll("table.filtered tbody tr").forEach(function (row) {
      row.hidden = wanted !== "" && plain(row.cells[0].textContent).indexOf(wanted) < 0;
    });
  });
})();
