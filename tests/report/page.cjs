// Opens a page in Chromium and prints as JSON what axe-core finds and what the page measures; leaves screenshots and a PDF.
// Usage: NODE_PATH=… node page.cjs chromium page.html folder
const { chromium } = require("playwright-core");
const { readFileSync } = require("fs");

(async () => {
  const [executablePath, page_file, folder] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const result = { violations: [], requests: [], overflow: {} };
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on("request", (request) => result.requests.push(request.url()));
    await page.goto("file://" + page_file);
    await page.screenshot({ path: `${folder}/${width}.png`, fullPage: true });
    result.overflow[width] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    result.violations.push(...found.violations.map((v) => ({ id: v.id, width, nodes: v.nodes.map((n) => n.html.slice(0, 200)) })));
    result.passes = found.passes.map((pass) => pass.id);
    if (width === 1280) {
      const tree = await page.locator("body").ariaSnapshot();
      result.tree = tree;
      await page.pdf({ path: `${folder}/print.pdf`, preferCSSPageSize: true });
    }
    await page.close();
  }
  await browser.close();
  console.log(JSON.stringify(result));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
