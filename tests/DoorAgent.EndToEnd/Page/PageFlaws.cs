using PuppeteerSharp;

namespace DoorAgent.EndToEnd.Page;

/// <summary>Finds what makes a page hard to use: text too pale for its ground (WCAG 2.2, contrast of 4.5, or 3 for large text), controls
/// without a name, a page that is wider than the screen, targets smaller than 44 pixels.</summary>
internal static class PageFlaws
{
    /// <summary>Returns a line for each flaw.</summary>
    public static async Task<string[]> FindAsync(IPage page) => await page.EvaluateFunctionAsync<string[]>("""
        () => {
          const flaws = [];
          const shown = one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length > 0;
          const colour = text => {
            const canvas = colour.pen ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = text;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return { r, g, b, a: a / 255 };
          };
          // Relative luminance of WCAG 2.2.
          const light = ({ r, g, b }) => [r, g, b].map(one => one / 255)
            .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
            .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
          const ground = one => {
            for (let at = one; at; at = at.parentElement) {
              const found = colour(getComputedStyle(at).backgroundColor);
              if (found.a > 0.99) return found;
            }
            return colour(getComputedStyle(document.documentElement).backgroundColor);
          };
          const named = one => one.textContent.trim().slice(0, 40) || one.tagName;

          for (const one of document.querySelectorAll('body *')) {
            const own = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '');
            if (!own || !shown(one) || one.closest('.visually-hidden, .skip, noscript, svg, .view')) continue;
            const style = getComputedStyle(one), size = parseFloat(style.fontSize);
            const [high, low] = [light(colour(style.color)), light(ground(one))].sort((a, b) => b - a);
            const contrast = (high + 0.05) / (low + 0.05), wanted = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            if (contrast < wanted && !one.closest(':disabled')) flaws.push(`contrast ${contrast.toFixed(2)}: ${named(one)}`);
            if (one.scrollWidth > one.clientWidth + 1 && style.overflowX !== 'visible' && style.display !== 'inline')
              flaws.push(`cut off: ${named(one)}`);
          }
          for (const one of document.querySelectorAll('button, a[href], input, select, summary')) {
            if (!shown(one) || one.closest('.skip')) continue;
            const box = (one.closest('label') ?? one).getBoundingClientRect();
            const name = one.ariaLabel || [...one.labels ?? []].map(label => label.textContent).join('') || one.textContent.trim();
            if (!name) flaws.push(`no name: ${one.outerHTML.slice(0, 80)}`);
            if (box.height < 44 && !one.matches('.skip')) flaws.push(`${Math.round(box.height)} pixels high: ${named(one)}`);
            if (box.right > innerWidth + 1 || box.left < -1) flaws.push(`beyond the screen: ${named(one)}`);
          }
          if (document.documentElement.scrollWidth > innerWidth) flaws.push(`${document.documentElement.scrollWidth} pixels wide`);
          const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
          for (const id of ids.filter((one, at) => ids.indexOf(one) !== at)) flaws.push(`two elements with the id ${id}`);
          const heads = document.querySelectorAll('h1');
          if (heads.length !== 1) flaws.push(`${heads.length} first headings`);
          return flaws;
        }
        """);
}
