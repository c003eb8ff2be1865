// What runs on a sheet, by name.
({
  prepare: async ([fonts, css, faces]) => {
    for (const text of [fonts, css, '']) {
      const style = document.createElement('style');
      style.textContent = text;
      document.head.append(style);
    }
    const loads = faces.map(face => document.fonts.load(face, 'Aạ'));
    if ((await Promise.all(loads)).some(faces => faces.length === 0)) throw new Error('fonts not loaded');
    await document.fonts.ready;
  },

  dress: css => {
    const [, dress, own] = document.head.querySelectorAll('style');
    if (dress.textContent === css) return false;
    document.body.innerHTML = own.textContent = '';
    dress.textContent = css;
    return true;
  },

  fill: async ([body, title, css]) => {
    document.head.querySelectorAll('style')[2].textContent = css;
    document.body.innerHTML = body;
    document.title = title;
    const pictures = [...document.images];
    const shown = await Promise.allSettled(pictures.map(picture => picture.decode()));
    await document.fonts.ready;
    const leadsNowhere = link => {
      const address = link.getAttribute('href');
      if (address.startsWith('#')) return !document.getElementById(decodeURIComponent(address.slice(1)));
      return link.href.startsWith(location.origin);
    };
    return [
      pictures.filter((_, i) => shown[i].status === 'rejected').map(picture => picture.src),
      [...document.querySelectorAll('a[href]')].filter(leadsNowhere).map(link => link.getAttribute('href')),
    ];
  },
})
