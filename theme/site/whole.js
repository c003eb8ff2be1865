// The address becomes a link where the file is: on a server, not on the stick made from it.
if (/^http/.test(location.protocol)) {
  var link = document.createElement("a");
  link.className = "button";
  link.href = "hoc-so-usb.zip";
  link.download = "";
  link.textContent = "Tải cả sách (tệp .zip)";
  document.getElementById("whole").textContent = "";
  document.getElementById("whole").appendChild(link);
}
