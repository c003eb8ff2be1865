{# Before the page is drawn: size and colours as this reader chose them. `reading/keep.js` says what is kept. -#}
(function(root){try{var look=JSON.parse(localStorage.getItem("hocso.doc"))||{},name;
for(name in look)if(/^(size|look)$/.test(name)&&/^[a-z1-3]+$/.test(look[name]))root.setAttribute("data-"+name,look[name])}catch(e){}
})(document.documentElement)
