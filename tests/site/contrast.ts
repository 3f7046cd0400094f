/**
 * Finds the texts of a page that are hard to read: less contrast than 4.5, which WCAG 2 demands of text (level AA).
 *
 * It runs in the page, so it uses nothing of this module.
 *
 * @returns each with its contrast
 */
export function faintTexts(): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) throw new Error("The page has no canvas.");
  /** Any CSS color, painted over another one, as red, green and blue. */
  const paint = (color: string, below: readonly number[]): number[] => {
    canvas.fillStyle = `rgb(${below.join(" ")})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const background = (element: Element | null): number[] =>
    element === null
      ? [255, 255, 255]
      : paint(getComputedStyle(element).backgroundColor, background(element.parentElement));
  const luminance = (color: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const texts = document.querySelectorAll(".vp-doc :is(h1, h2, h3, p, li, a, td, th, :not(pre) > code)");
  return [...texts].flatMap((element) => {
    const below = background(element);
    const [dark = 0, light = 0] = [
      luminance(paint(getComputedStyle(element).color, below)),
      luminance(below),
    ].sort((one, other) => one - other);
    const contrast = (light + 0.05) / (dark + 0.05);
    const text = element.textContent?.trim().slice(0, 40) ?? "";
    return contrast < 4.5 && text !== "" ? [`${element.localName} "${text}": ${contrast.toFixed(1)}`] : [];
  });
}
