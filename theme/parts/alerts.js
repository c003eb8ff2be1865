(function(){
var now=new Date(),today=now.getFullYear()*1e4+now.getMonth()*100+100+now.getDate(),left=0;
[].forEach.call(document.querySelectorAll("[data-last]"),function(one){
if(today>+one.getAttribute("data-last"))one.parentNode.removeChild(one);else left++});
if(!left){var all=document.querySelector(".alerts");all.parentNode.removeChild(all)}
})()
