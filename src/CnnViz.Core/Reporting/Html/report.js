'use strict';
(() => {
  const visible = figure => figure.querySelector('img:not([hidden])');
  const show = (figure, index) => {
    const pictures = [...figure.querySelectorAll('.zoom img')];
    pictures.forEach((picture, i) => { picture.hidden = i !== index; });
    figure.querySelector('output').textContent = pictures[index].dataset.name;
  };

  const large = document.getElementById('large');
  const [picture, text] = [large.querySelector('img'), large.querySelector('p')];
  document.querySelectorAll('.zoom').forEach(button => button.addEventListener('click', () => {
    const source = visible(button);
    picture.src = source.src;
    picture.alt = source.alt;
    picture.className = source.className;
    text.textContent = [source.alt, source.dataset.name].filter(Boolean).join(', ');
    large.showModal();
  }));
  large.addEventListener('click', () => large.close());

  const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  document.querySelectorAll('.blink').forEach(figure => {
    const button = figure.querySelector('.controls button');
    const swap = () => show(figure, figure.querySelector('.zoom img').hidden ? 0 : 1);
    let timer = 0;
    button.addEventListener('click', () => {
      swap();
      if (isCalm.matches) return;
      if (timer) {
        clearInterval(timer);
        timer = 0;
        show(figure, 0);
      } else {
        timer = setInterval(swap, 500);
      }
      button.setAttribute('aria-pressed', String(timer !== 0));
    });
  });

  document.querySelectorAll('.slider').forEach(figure => {
    const slider = figure.querySelector('input');
    slider.addEventListener('input', () => show(figure, slider.valueAsNumber));
  });
})();
